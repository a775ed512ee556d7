libexec_PROGRAMS += fcgi/certificate/certificate
fcgi_certificate_certificate_SOURCES = \
	fcgi/certificate/certificate.h \
	fcgi/certificate/copies.c \
	fcgi/certificate/face.c \
	fcgi/certificate/face_json.c \
	fcgi/certificate/list.c \
	fcgi/certificate/main.c \
	fcgi/certificate/picture.c \
	fcgi/certificate/prepare.c \
	fcgi/certificate/sign.c \
	fcgi/certificate/stmts.c
fcgi_certificate_certificate_CPPFLAGS = $(AM_CPPFLAGS) $(JSON_CFLAGS) $(PAPER_CFLAGS)
fcgi_certificate_certificate_LDADD = $(RECORD_LINK) $(PAPER_LINK) $(KEYS_LINK) $(HOST_LIBS)
