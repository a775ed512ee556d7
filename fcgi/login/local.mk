libexec_PROGRAMS += fcgi/login/login
fcgi_login_login_SOURCES = fcgi/login/main.c fcgi/login/login.c fcgi/login/login.h fcgi/login/stmts.c
fcgi_login_login_CPPFLAGS = $(AM_CPPFLAGS) $(JSON_CFLAGS)
fcgi_login_login_LDADD = $(HOST_LIBS)
