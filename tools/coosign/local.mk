bin_PROGRAMS += tools/coosign/coosign
tools_coosign_coosign_SOURCES = \
	tools/coosign/file.c \
	tools/coosign/http.c tools/coosign/http.h \
	tools/coosign/job.c tools/coosign/job.h \
	tools/coosign/key.c tools/coosign/key.h \
	tools/coosign/main.c \
	tools/coosign/module.c tools/coosign/module.h \
	tools/coosign/options.c tools/coosign/options.h \
	tools/coosign/outcome.h \
	tools/coosign/p12.c \
	tools/coosign/portal.c tools/coosign/portal.h \
	tools/coosign/terminal.c tools/coosign/terminal.h \
	tools/coosign/token.c \
	tools/coosign/tokens.c tools/coosign/tokens.h
tools_coosign_coosign_CPPFLAGS = $(AM_CPPFLAGS) $(CRYPTO_CFLAGS) $(JSON_CFLAGS) $(CURL_CFLAGS) $(P11_CFLAGS)
tools_coosign_coosign_LDADD = $(KEYS_LINK) libbase.a $(SODIUM_LIBS) $(JSON_LIBS) $(CURL_LIBS) -ldl

# A browser hands "coosign:" addresses to it.
applicationsdir = $(datadir)/applications
dist_applications_DATA = tools/coosign/coosign.desktop
