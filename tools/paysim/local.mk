libexec_PROGRAMS += tools/paysim/paysim
tools_paysim_paysim_SOURCES = \
	tools/paysim/api.c tools/paysim/checkout.c \
	tools/paysim/main.c tools/paysim/page.c \
	tools/paysim/paysim.h tools/paysim/stmts.c \
	tools/paysim/tell.c
tools_paysim_paysim_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)/tools/paysim $(JSON_CFLAGS)
tools_paysim_paysim_LDADD = libgateway.a libnet.a $(HOST_LIBS) $(CURL_LIBS)
