noinst_LIBRARIES += libkeys.a
libkeys_a_SOURCES = \
	modules/keys/certificate.c modules/keys/certificate.h \
	modules/keys/cms.h \
	modules/keys/finish.c \
	modules/keys/private.h \
	modules/keys/trust.c \
	modules/keys/verify.c
libkeys_a_CPPFLAGS = $(AM_CPPFLAGS) $(CRYPTO_CFLAGS)

# What a program that judges signatures links with, before the layers below.
KEYS_LINK = libkeys.a $(CRYPTO_LIBS)
