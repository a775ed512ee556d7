noinst_LIBRARIES += librecord.a
librecord_a_SOURCES = \
	modules/record/document.c \
	modules/record/findings.c \
	modules/record/record.c modules/record/record.h \
	modules/record/signing.c modules/record/signing.h \
	modules/record/stmts.h \
	modules/record/view.c modules/record/view.h
librecord_a_CPPFLAGS = $(AM_CPPFLAGS) $(JSON_CFLAGS)

# What a program that works on applications links with, before HOST_LIBS.
RECORD_LINK = librecord.a libfiles.a libdossier.a librules.a
