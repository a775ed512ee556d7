noinst_LIBRARIES += libbase.a
libbase_a_SOURCES = \
	modules/base/clock.c modules/base/clock.h \
	modules/base/codec.c modules/base/codec.h \
	modules/base/ctx.c modules/base/ctx.h \
	modules/base/digest.c modules/base/digest.h \
	modules/base/fault.c modules/base/fault.h \
	modules/base/journal.c modules/base/journal.h \
	modules/base/problem.c modules/base/problem.h \
	modules/base/random.c modules/base/random.h \
	modules/base/text.c modules/base/text.h \
	modules/base/tree.c modules/base/tree.h
libbase_a_CPPFLAGS = $(AM_CPPFLAGS) $(JSON_CFLAGS)
