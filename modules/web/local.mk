noinst_LIBRARIES += libweb.a
libweb_a_SOURCES = \
	modules/web/filename.c modules/web/filename.h \
	modules/web/json.c modules/web/json.h \
	modules/web/link.c \
	modules/web/multipart.c modules/web/multipart.h \
	modules/web/param.c modules/web/param.h \
	modules/web/reply.c modules/web/request.h
libweb_a_CPPFLAGS = $(AM_CPPFLAGS) $(JSON_CFLAGS) $(GLIB_CFLAGS)
