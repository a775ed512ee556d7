libexec_PROGRAMS += fcgi/application/application
fcgi_application_application_SOURCES = \
	fcgi/application/application.h \
	fcgi/application/draft.c \
	fcgi/application/freeze.c \
	fcgi/application/list.c \
	fcgi/application/main.c \
	fcgi/application/reference.c \
	fcgi/application/sign.c \
	fcgi/application/stmts.c \
	fcgi/application/upload.c
fcgi_application_application_CPPFLAGS = $(AM_CPPFLAGS) $(JSON_CFLAGS)
fcgi_application_application_LDADD = $(RECORD_LINK) $(KEYS_LINK) $(HOST_LIBS)
