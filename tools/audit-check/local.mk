# Walks the audit chains of a portal.
libexec_PROGRAMS += tools/audit-check/audit-check
tools_audit_check_audit_check_SOURCES = tools/audit-check/main.c tools/audit-check/stmts.c \
	tools/audit-check/check.h
tools_audit_check_audit_check_CPPFLAGS = $(AM_CPPFLAGS) $(JSON_CFLAGS)
tools_audit_check_audit_check_LDADD = $(HOST_LIBS)
