noinst_LIBRARIES += libdata.a
libdata_a_SOURCES = \
	modules/data/db.c modules/data/db.h modules/data/db_private.h \
	modules/data/rows.c \
	modules/data/tx.c
libdata_a_CPPFLAGS = $(AM_CPPFLAGS) $(MARIADB_CFLAGS)
