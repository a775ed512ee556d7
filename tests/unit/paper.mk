PAPER_TEST_LINK = $(PAPER_LINK) libbase.a $(JSON_LIBS) $(SODIUM_LIBS) $(CRYPTO_LIBS) $(CMOCKA_LIBS) -lpthread
PAPER_TEST_CFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests/unit $(PAPER_CFLAGS) $(JSON_CFLAGS) $(CMOCKA_CFLAGS)
PAPER_TEST_COMMON = tests/unit/test_paper_samples.c tests/unit/test_paper_samples.h

check_PROGRAMS += tests/unit/test_paper tests/unit/test_paper_assemble tests/unit/test_paper_pades
TESTS += tests/unit/test_paper tests/unit/test_paper_assemble tests/unit/test_paper_pades

tests_unit_test_paper_SOURCES = tests/unit/test_paper.c $(PAPER_TEST_COMMON)
tests_unit_test_paper_CPPFLAGS = $(PAPER_TEST_CFLAGS)
tests_unit_test_paper_LDADD = $(PAPER_TEST_LINK)
tests_unit_test_paper_assemble_SOURCES = tests/unit/test_paper_assemble.c tests/unit/blank.c tests/unit/blank.h \
	$(PAPER_TEST_COMMON)
tests_unit_test_paper_assemble_CPPFLAGS = $(PAPER_TEST_CFLAGS)
tests_unit_test_paper_assemble_LDADD = $(PAPER_TEST_LINK)
tests_unit_test_paper_pades_SOURCES = tests/unit/test_paper_pades.c $(PAPER_TEST_COMMON)
tests_unit_test_paper_pades_CPPFLAGS = $(PAPER_TEST_CFLAGS)
tests_unit_test_paper_pades_LDADD = $(PAPER_TEST_LINK)

clean-local:
	rm -rf paper-out
