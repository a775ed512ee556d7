# The link to the database that tests/fault/history.test.mjs cuts.
check_PROGRAMS += tests/fault/cut
tests_fault_cut_SOURCES = tests/fault/cut.c
