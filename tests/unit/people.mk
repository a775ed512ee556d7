check_PROGRAMS += tests/unit/test_people
TESTS += tests/unit/test_people
tests_unit_test_people_SOURCES = tests/unit/test_people.c
tests_unit_test_people_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_people_LDADD = libpeople.a libbase.a $(SODIUM_LIBS) $(CMOCKA_LIBS) -lpthread
