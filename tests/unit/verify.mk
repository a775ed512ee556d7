check_PROGRAMS += tests/unit/test_verify_page
TESTS += tests/unit/test_verify_page
tests_unit_test_verify_page_SOURCES = tests/unit/test_verify_page.c fcgi/verify/page.c fcgi/verify/words.c
tests_unit_test_verify_page_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) $(JSON_CFLAGS)
tests_unit_test_verify_page_LDADD = libweb.a libbase.a $(JSON_LIBS) $(SODIUM_LIBS) $(CMOCKA_LIBS)
