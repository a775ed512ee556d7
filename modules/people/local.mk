noinst_LIBRARIES += libpeople.a
libpeople_a_SOURCES = \
	modules/people/password.c modules/people/password.h \
	modules/people/session.c modules/people/session.h
libpeople_a_CPPFLAGS = $(AM_CPPFLAGS) $(SODIUM_CFLAGS)
