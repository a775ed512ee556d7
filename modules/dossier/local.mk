noinst_LIBRARIES += libdossier.a
libdossier_a_SOURCES = \
	modules/dossier/canonical.c \
	modules/dossier/content.c \
	modules/dossier/dossier.h \
	modules/dossier/member.c modules/dossier/member.h \
	modules/dossier/signed.c
libdossier_a_CPPFLAGS = $(AM_CPPFLAGS) $(JSON_CFLAGS)
