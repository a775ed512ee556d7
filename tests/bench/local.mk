# What ./ecoo bench runs; `make bench` builds it, nothing installs it.
bench_programs = tests/bench/load tests/bench/bare tests/bench/lives tests/bench/flood
EXTRA_PROGRAMS += $(bench_programs)
tests_bench_load_SOURCES = tests/bench/load.c
tests_bench_load_LDADD =
tests_bench_bare_SOURCES = tests/bench/bare.c fcgi/verify/stmts.c
tests_bench_bare_CPPFLAGS = $(AM_CPPFLAGS) $(MARIADB_CFLAGS) $(JSON_CFLAGS)
tests_bench_bare_LDADD = -lfcgi $(MARIADB_LIBS) -lpthread
tests_bench_lives_SOURCES = tests/bench/lives.c tests/bench/life.c tests/bench/life.h \
	tests/bench/client.c tests/bench/client.h
tests_bench_lives_CPPFLAGS = $(AM_CPPFLAGS) $(CRYPTO_CFLAGS) $(JSON_CFLAGS) $(CURL_CFLAGS)
tests_bench_lives_LDADD = $(KEYS_LINK) libbase.a $(SODIUM_LIBS) $(JSON_LIBS) $(CURL_LIBS) -lpthread
tests_bench_flood_SOURCES = tests/bench/flood.c tests/bench/client.c tests/bench/client.h
tests_bench_flood_CPPFLAGS = $(AM_CPPFLAGS) $(JSON_CFLAGS) $(CURL_CFLAGS)
tests_bench_flood_LDADD = $(JSON_LIBS) $(CURL_LIBS) -lpthread

.PHONY: bench
bench: $(bench_programs)
CLEANFILES += $(bench_programs)
