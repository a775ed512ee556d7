RULES_TEST_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) $(JSON_CFLAGS) -DTOP='"$(abs_top_srcdir)"'
RULES_TEST_LDADD = libdossier.a librules.a libbase.a $(JSON_LIBS) $(SODIUM_LIBS) $(CMOCKA_LIBS)

check_PROGRAMS += tests/unit/test_rules tests/unit/test_rules_check tests/unit/test_rules_findings tests/unit/test_rules_dossier
TESTS += tests/unit/test_rules tests/unit/test_rules_check tests/unit/test_rules_findings tests/unit/test_rules_dossier
RULES_RIG = tests/unit/rules_rig.c tests/unit/rules_rig.h tests/unit/rules_sample.c tests/unit/rules_sample.h
tests_unit_test_rules_SOURCES = tests/unit/test_rules.c tests/unit/rules_sample.h
tests_unit_test_rules_CPPFLAGS = $(RULES_TEST_CPPFLAGS)
tests_unit_test_rules_LDADD = $(RULES_TEST_LDADD)
tests_unit_test_rules_check_SOURCES = tests/unit/test_rules_check.c $(RULES_RIG)
tests_unit_test_rules_check_CPPFLAGS = $(RULES_TEST_CPPFLAGS)
tests_unit_test_rules_check_LDADD = $(RULES_TEST_LDADD)
tests_unit_test_rules_findings_SOURCES = tests/unit/test_rules_findings.c $(RULES_RIG)
tests_unit_test_rules_findings_CPPFLAGS = $(RULES_TEST_CPPFLAGS)
tests_unit_test_rules_findings_LDADD = $(RULES_TEST_LDADD)
tests_unit_test_rules_dossier_SOURCES = tests/unit/test_rules_dossier.c tests/unit/rules_sample.c
tests_unit_test_rules_dossier_CPPFLAGS = $(RULES_TEST_CPPFLAGS)
tests_unit_test_rules_dossier_LDADD = $(RULES_TEST_LDADD)
