noinst_LIBRARIES += libpaper.a
libpaper_a_SOURCES = \
	modules/paper/assemble.c modules/paper/assemble.h \
	modules/paper/code.c \
	modules/paper/finish.c \
	modules/paper/form.h \
	modules/paper/goods.c \
	modules/paper/image.c modules/paper/image.h modules/paper/image_private.h \
	modules/paper/image_pages.c \
	modules/paper/jpeg.c \
	modules/paper/jpeg_head.c modules/paper/jpeg_head.h \
	modules/paper/lint.c modules/paper/lint.h \
	modules/paper/ornament.c \
	modules/paper/pades.c modules/paper/pades.h \
	modules/paper/page.c modules/paper/page.h \
	modules/paper/paper.c modules/paper/paper.h \
	modules/paper/pdf.c modules/paper/pdf.h \
	modules/paper/pen.c modules/paper/pen.h \
	modules/paper/tiff.c modules/paper/tiff.h
libpaper_a_CPPFLAGS = $(AM_CPPFLAGS) $(PAPER_CFLAGS)

# Installed by tools/install.mk.
EXTRA_DIST += modules/paper/fonts.conf

# What a program that draws links with, before the layers below.
PAPER_LINK = libpaper.a $(PAPER_LIBS) -ltiff -ljpeg -lz -lm
