noinst_LIBRARIES += libnet.a
libnet_a_SOURCES = modules/net/net.c modules/net/net.h
libnet_a_CPPFLAGS = $(AM_CPPFLAGS) $(CURL_CFLAGS)
