# Runs the inspect that was built beside it, over every sample.
check_PROGRAMS += tests/unit/test_inspect tests/unit/test_store
TESTS += tests/unit/test_inspect tests/unit/test_store
tests_unit_test_inspect_SOURCES = tests/unit/test_inspect.c tests/unit/blank.c tests/unit/blank.h
tests_unit_test_inspect_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) $(JSON_CFLAGS) \
	-DSAMPLES='"$(abs_top_srcdir)/tests/samples"' -DPROGRAM='"$(abs_top_builddir)/fcgi/inspect/inspect"'
tests_unit_test_inspect_LDADD = libfiles.a libbase.a $(JSON_LIBS) $(SODIUM_LIBS) $(CMOCKA_LIBS) -ljpeg -lz
tests_unit_test_inspect_DEPENDENCIES = libfiles.a libbase.a fcgi/inspect/inspect
tests_unit_test_store_SOURCES = tests/unit/test_store.c
tests_unit_test_store_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_store_LDADD = libfiles.a libbase.a $(SODIUM_LIBS) $(CMOCKA_LIBS)

check_PROGRAMS += tests/unit/test_sandbox
TESTS += tests/unit/test_sandbox
tests_unit_test_sandbox_SOURCES = tests/unit/test_sandbox.c
tests_unit_test_sandbox_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_sandbox_LDADD = libhost.a $(SECCOMP_LIBS) $(CMOCKA_LIBS) -lpthread
