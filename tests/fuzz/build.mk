# The targets of libFuzzer, out of the tree's own sources and in a folder of their own:
#
#	make -f tests/fuzz/build.mk TOP=sources OUT=folder [TARGETS="json number"]
#
# Product and targets are compiled alike; system libraries are as they come.  A target that takes the
# place of a source file (it includes it, to reach what is static) is linked before the library, which
# then gives only what is still missing.
THIS := $(lastword $(MAKEFILE_LIST))
CC = clang-14
SAN = address,undefined
CFLAGS = -std=gnu17 -g -O2 -fno-omit-frame-pointer -fsanitize=fuzzer-no-link,$(SAN) \
	-fno-sanitize-recover=undefined -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
	-Wpointer-arith -Wwrite-strings -Wvla -Wformat=2 -Wno-missing-field-initializers
PACKAGES = json-c libcrypto libsodium glib-2.0 cairo pangocairo pangoft2 fontconfig libqpdf libqrencode \
	poppler-glib libtiff-4 libpng libjpeg libmagic libcurl libmariadb libseccomp
CPPFLAGS := -D_GNU_SOURCE '-DIMAGE_PIXELS=(40u * 1000)' -I$(TOP)/modules -I$(TOP) -DTOP='"$(abspath $(TOP))"' -MMD -MP \
	$(shell pkg-config --cflags $(PACKAGES))
LDLIBS := -Wl,--start-group $(OUT)/libproduct.a -Wl,--end-group -Wl,--as-needed -lfcgi \
	$(shell pkg-config --libs $(PACKAGES)) -lz -lm -lpthread

TARGETS := $(filter-out der fuzz kind left screen vast,$(basename $(notdir $(wildcard $(TOP)/tests/fuzz/*.c))))
PRODUCT := $(patsubst $(TOP)/%,%,$(wildcard $(TOP)/modules/*/*.c)) \
	$(addprefix fcgi/inspect/,examine.c jpeg.c pdf.c picture.c png.c tiff.c) \
	fcgi/courier/letter.c fcgi/courier/plan.c fcgi/payment/fact.c fcgi/verify/page.c fcgi/verify/words.c \
	$(addprefix tools/coosign/,options.c portal.c terminal.c)

all: $(TARGETS:%=$(OUT)/%)

# What inspect leaves to the end of its process is given back after each input (left.h).
INSPECTS = pdf png jpeg tiff question
WRAPPED = malloc calloc realloc free mmap jpeg_CreateDecompress png_create_read_struct \
	png_create_write_struct png_create_info_struct TIFFClientOpenExt qpdf_init poppler_document_new_from_bytes \
	poppler_document_get_page cairo_image_surface_create
LEFT := $(addprefix $(OUT)/obj/tests/fuzz/,kind.o left.o)
$(INSPECTS:%=$(OUT)/%): WRAPS = $(WRAPPED:%=-Wl,--wrap=%)
$(INSPECTS:%=$(OUT)/%): $(LEFT)

$(OUT)/pdf $(OUT)/question: $(OUT)/obj/tests/fuzz/vast.o
$(OUT)/cms $(OUT)/certificate: $(OUT)/obj/tests/fuzz/der.o
$(OUT)/address $(OUT)/job: $(OUT)/obj/tests/fuzz/screen.o

# inspect and the printer are never in one program elsewhere, and share a name.
$(OUT)/obj/fcgi/inspect/%.o $(OUT)/obj/tests/fuzz/pdf.o: CPPFLAGS += -Dpdf_draw=inspect_pdf_draw

# What runs over each byte compares too often for all of that to be told to libFuzzer.
$(OUT)/obj/modules/base/%.o $(OUT)/obj/fcgi/verify/page.o $(OUT)/obj/modules/web/filename.o: CFLAGS += -fno-sanitize-coverage=trace-cmp

$(OUT)/libproduct.a: $(PRODUCT:%.c=$(OUT)/obj/%.o)
	@rm -f $@ && ar rcs $@ $^

$(OUT)/obj/%.o: $(TOP)/%.c $(THIS)
	@mkdir -p $(@D)
	@$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

$(TARGETS:%=$(OUT)/%): $(OUT)/%: $(OUT)/obj/tests/fuzz/%.o $(OUT)/obj/tests/fuzz/fuzz.o $(OUT)/libproduct.a
	@$(CC) -fsanitize=fuzzer,$(SAN) -Wl,--wrap=getrandom $(WRAPS) -o $@ $(filter %.o,$^) $(LDLIBS)

.PHONY: all
-include $(shell find $(OUT)/obj -name '*.d' 2>/dev/null)
