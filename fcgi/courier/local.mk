libexec_PROGRAMS += fcgi/courier/courier
fcgi_courier_courier_SOURCES = \
	fcgi/courier/ask.c fcgi/courier/courier.h \
	fcgi/courier/letter.c fcgi/courier/letter.h \
	fcgi/courier/mail.c fcgi/courier/main.c \
	fcgi/courier/plan.c fcgi/courier/plan.h \
	fcgi/courier/stmts.c fcgi/courier/work.c
fcgi_courier_courier_CPPFLAGS = $(AM_CPPFLAGS) $(JSON_CFLAGS)
fcgi_courier_courier_LDADD = libgateway.a libnet.a $(HOST_LIBS) $(CURL_LIBS)
