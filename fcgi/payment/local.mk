libexec_PROGRAMS += fcgi/payment/payment
fcgi_payment_payment_SOURCES = \
	fcgi/payment/fact.c fcgi/payment/fact.h \
	fcgi/payment/main.c fcgi/payment/payment.h \
	fcgi/payment/notice.c fcgi/payment/order.c \
	fcgi/payment/receipt.c fcgi/payment/settle.c \
	fcgi/payment/stmts.c
fcgi_payment_payment_CPPFLAGS = $(AM_CPPFLAGS) $(JSON_CFLAGS)
fcgi_payment_payment_LDADD = libgateway.a librules.a $(HOST_LIBS)
