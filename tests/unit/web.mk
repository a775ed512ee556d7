WEB_TEST_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) $(JSON_CFLAGS) -DSAMPLES='"$(abs_top_srcdir)/tests/samples"'
WEB_TEST_LDADD = libweb.a libbase.a -lfcgi $(JSON_LIBS) $(GLIB_LIBS) $(SODIUM_LIBS) $(CMOCKA_LIBS)

check_PROGRAMS += tests/unit/test_web tests/unit/test_web_multipart tests/unit/test_web_filename
TESTS += tests/unit/test_web tests/unit/test_web_multipart tests/unit/test_web_filename
tests_unit_test_web_SOURCES = tests/unit/test_web.c
tests_unit_test_web_CPPFLAGS = $(WEB_TEST_CPPFLAGS)
tests_unit_test_web_LDADD = $(WEB_TEST_LDADD)
tests_unit_test_web_multipart_SOURCES = tests/unit/test_web_multipart.c
tests_unit_test_web_multipart_CPPFLAGS = $(WEB_TEST_CPPFLAGS)
tests_unit_test_web_multipart_LDADD = $(WEB_TEST_LDADD)
tests_unit_test_web_filename_SOURCES = tests/unit/test_web_filename.c
tests_unit_test_web_filename_CPPFLAGS = $(WEB_TEST_CPPFLAGS)
tests_unit_test_web_filename_LDADD = $(WEB_TEST_LDADD)
