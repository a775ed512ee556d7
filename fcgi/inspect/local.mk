libexec_PROGRAMS += fcgi/inspect/inspect
fcgi_inspect_inspect_SOURCES = \
	fcgi/inspect/examine.c fcgi/inspect/examine.h \
	fcgi/inspect/jpeg.c \
	fcgi/inspect/main.c \
	fcgi/inspect/memory.c \
	fcgi/inspect/pdf.c \
	fcgi/inspect/picture.c fcgi/inspect/picture.h \
	fcgi/inspect/png.c \
	fcgi/inspect/tiff.c
fcgi_inspect_inspect_CPPFLAGS = $(AM_CPPFLAGS) $(VIEW_CFLAGS) $(MAGIC_CFLAGS) $(PAPER_CFLAGS)
fcgi_inspect_inspect_LDADD = libpaper.a libhost.a libbase.a $(VIEW_LIBS) $(MAGIC_LIBS) $(PAPER_LIBS) \
	$(SODIUM_LIBS) $(SECCOMP_LIBS)
