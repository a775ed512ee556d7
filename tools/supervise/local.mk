libexec_PROGRAMS += tools/supervise/supervise
tools_supervise_supervise_SOURCES = \
	tools/supervise/child.c tools/supervise/child.h \
	tools/supervise/status.c tools/supervise/status.h \
	tools/supervise/supervise.c \
	tools/supervise/table.c tools/supervise/table.h
tools_supervise_supervise_CPPFLAGS = $(AM_CPPFLAGS)
tools_supervise_supervise_LDADD = libbase.a
