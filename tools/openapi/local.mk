# Joins what the programs say of themselves; run by make install.
noinst_PROGRAMS += tools/openapi/openapi
tools_openapi_openapi_SOURCES = tools/openapi/openapi.c tools/openapi/operation.c \
	tools/openapi/openapi.h
tools_openapi_openapi_CPPFLAGS = $(AM_CPPFLAGS) $(JSON_CFLAGS)
tools_openapi_openapi_LDADD = libweb.a libbase.a $(JSON_LIBS) $(SODIUM_LIBS)
