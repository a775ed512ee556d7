PAYMENT_TEST_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) $(JSON_CFLAGS)
PAYMENT_TEST_LDADD = libgateway.a libweb.a librules.a libbase.a -lfcgi $(JSON_LIBS) $(SODIUM_LIBS) \
	$(GLIB_LIBS) $(CMOCKA_LIBS)

check_PROGRAMS += tests/unit/test_payment tests/unit/test_courier tests/unit/test_net
TESTS += tests/unit/test_payment tests/unit/test_courier tests/unit/test_net
tests_unit_test_payment_SOURCES = tests/unit/test_payment.c fcgi/payment/fact.c
tests_unit_test_payment_CPPFLAGS = $(PAYMENT_TEST_CPPFLAGS)
tests_unit_test_payment_LDADD = $(PAYMENT_TEST_LDADD)
tests_unit_test_courier_SOURCES = tests/unit/test_courier.c fcgi/courier/letter.c fcgi/courier/plan.c
tests_unit_test_courier_CPPFLAGS = $(PAYMENT_TEST_CPPFLAGS)
tests_unit_test_courier_LDADD = $(PAYMENT_TEST_LDADD)
tests_unit_test_net_SOURCES = tests/unit/test_net.c
tests_unit_test_net_CPPFLAGS = $(PAYMENT_TEST_CPPFLAGS)
tests_unit_test_net_LDADD = libnet.a $(PAYMENT_TEST_LDADD) $(CURL_LIBS) -lpthread
