noinst_LIBRARIES += libfiles.a
libfiles_a_SOURCES = \
	modules/files/inspect.c modules/files/inspect.h \
	modules/files/store.c modules/files/store.h
