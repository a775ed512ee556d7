libexec_PROGRAMS += fcgi/verify/verify
fcgi_verify_verify_SOURCES = \
	fcgi/verify/answer.c \
	fcgi/verify/file.c \
	fcgi/verify/main.c \
	fcgi/verify/number.c \
	fcgi/verify/page.c fcgi/verify/page.h \
	fcgi/verify/stmts.c fcgi/verify/verify.h \
	fcgi/verify/words.c fcgi/verify/words.h
fcgi_verify_verify_CPPFLAGS = $(AM_CPPFLAGS) $(JSON_CFLAGS)
fcgi_verify_verify_LDADD = librules.a $(PAPER_LINK) $(HOST_LIBS) $(CRYPTO_LIBS)

# Installed by tools/install.mk as templates/verify-result.html.
EXTRA_DIST += fcgi/verify/result.html
