KEYS_TEST_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests/unit $(CRYPTO_CFLAGS) $(CMOCKA_CFLAGS)
KEYS_TEST_LDADD = $(KEYS_LINK) libbase.a $(SODIUM_LIBS) $(CMOCKA_LIBS)
KEYS_TEST_COMMON = tests/unit/test_keys_world.c tests/unit/test_keys_world.h

check_PROGRAMS += tests/unit/test_keys tests/unit/test_keys_verify tests/unit/test_keys_pades
TESTS += tests/unit/test_keys tests/unit/test_keys_verify tests/unit/test_keys_pades

tests_unit_test_keys_SOURCES = tests/unit/test_keys.c $(KEYS_TEST_COMMON)
tests_unit_test_keys_CPPFLAGS = $(KEYS_TEST_CPPFLAGS)
tests_unit_test_keys_LDADD = $(KEYS_TEST_LDADD)
tests_unit_test_keys_verify_SOURCES = tests/unit/test_keys_verify.c $(KEYS_TEST_COMMON)
tests_unit_test_keys_verify_CPPFLAGS = $(KEYS_TEST_CPPFLAGS)
tests_unit_test_keys_verify_LDADD = $(KEYS_TEST_LDADD)
tests_unit_test_keys_pades_SOURCES = tests/unit/test_keys_pades.c $(KEYS_TEST_COMMON) $(PAPER_TEST_COMMON)
tests_unit_test_keys_pades_CPPFLAGS = $(KEYS_TEST_CPPFLAGS) $(PAPER_TEST_CFLAGS)
tests_unit_test_keys_pades_LDADD = libkeys.a $(PAPER_TEST_LINK)
