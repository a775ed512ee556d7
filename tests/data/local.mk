# Drivers of tests/data/*.sh, against a throw-away MariaDB.
check_PROGRAMS += tests/data/tx tests/data/chain
tests_data_tx_SOURCES = tests/data/tx.c
tests_data_tx_CPPFLAGS = $(AM_CPPFLAGS) $(MARIADB_CFLAGS) $(CMOCKA_CFLAGS)
tests_data_tx_LDADD = libdata.a libbase.a $(MARIADB_LIBS) $(SODIUM_LIBS) $(CMOCKA_LIBS) -lpthread
tests_data_chain_SOURCES = tests/data/chain.c
tests_data_chain_CPPFLAGS = $(AM_CPPFLAGS) $(JSON_CFLAGS)
tests_data_chain_LDADD = $(HOST_LIBS)
