noinst_LIBRARIES += libhost.a
libhost_a_SOURCES = \
	modules/host/audit.c modules/host/audit.h \
	modules/host/config.c modules/host/config.h \
	modules/host/describe.c \
	modules/host/once.c modules/host/once.h \
	modules/host/program.c modules/host/program.h \
	modules/host/route.c \
	modules/host/rows.c modules/host/rows.h \
	modules/host/sandbox.c modules/host/sandbox.h \
	modules/host/serve.c \
	modules/host/stmts.c modules/host/stmts.h
libhost_a_CPPFLAGS = $(AM_CPPFLAGS) $(JSON_CFLAGS) $(SECCOMP_CFLAGS)

# What a FastCGI program links with, upper layers first.
HOST_LIBS = libhost.a libpeople.a libweb.a libdata.a libbase.a \
	-lfcgi $(MARIADB_LIBS) $(JSON_LIBS) $(SODIUM_LIBS) $(SECCOMP_LIBS) $(GLIB_LIBS) -lpthread
