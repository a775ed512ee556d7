# An object to be loaded into the programs, not a program: tests/walls/inside.h.
check_PROGRAMS += tests/walls/inside.so
tests_walls_inside_so_SOURCES = tests/walls/inside.c tests/walls/inside.h tests/walls/acts.c \
	tests/walls/kernel.c
tests_walls_inside_so_CFLAGS = $(AM_CFLAGS) $(MARIADB_CFLAGS) $(SECCOMP_CFLAGS) -fPIC
tests_walls_inside_so_LDFLAGS = $(AM_LDFLAGS) -shared
tests_walls_inside_so_LDADD = $(MARIADB_LIBS) $(SECCOMP_LIBS) -ldl -lpthread
