noinst_LIBRARIES += libgateway.a
libgateway_a_SOURCES = modules/gateway/gateway.c modules/gateway/gateway.h
libgateway_a_CPPFLAGS = $(AM_CPPFLAGS) $(SODIUM_CFLAGS)
