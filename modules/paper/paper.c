#include <cairo/cairo-pdf.h>
#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>

#include "paper/paper.h"
#include "paper/form.h"

static const char *const required[] = {
	"Noto Sans", "Noto Sans Mono", "Noto Sans Devanagari", "Noto Naskh Arabic",
};

static bool
has_family(FcConfig *config, const char *family)
{
	FcPattern *want = FcPatternBuild(NULL, FC_FAMILY, FcTypeString, family, (char *)NULL);
	FcObjectSet *what = FcObjectSetBuild(FC_FILE, (char *)NULL);
	FcFontSet *found = FcFontList(config, want, what);
	bool has = found != NULL && found->nfont > 0;

	if (found != NULL)
		FcFontSetDestroy(found);
	FcObjectSetDestroy(what);
	FcPatternDestroy(want);
	return has;
}

/* The cache stands first, so that no other directory is ever tried. */
static bool
load(struct ctx *c, FcConfig *config, const char *file, const char *cache)
{
	struct text head = text_fmt(c, "<fontconfig><cachedir>%s</cachedir></fontconfig>",
	    cache == NULL ? "/nonexistent" : cache);

	return FcConfigParseAndLoadFromMemory(config, (const FcChar8 *)head.p, FcTrue) &&
	    FcConfigParseAndLoad(config, (const FcChar8 *)file, FcTrue) && FcConfigBuildFonts(config);
}

/* On a PDF, as the pages are: pango keeps fonts apart by the kind of surface. */
static int
warm(struct ctx *c)
{
	struct pen pen;

	pen_open(&pen, c, cairo_pdf_surface_create_for_stream(NULL, NULL, PAGE_W, PAGE_H));
	pen_warm(&pen);
	if (pen_close(&pen) != CAIRO_STATUS_SUCCESS)
		return problem_set(c, PROBLEM_INTERNAL, "fonts: cannot be drawn with");
	return 0;
}

int
paper_start(struct ctx *c, const char *file, const char *cache)
{
	FcConfig *config = FcConfigCreate();

	if (config == NULL || !load(c, config, file, cache)) {
		if (config != NULL)
			FcConfigDestroy(config);
		return problem_set(c, PROBLEM_INTERNAL, "fonts: cannot load %s", file);
	}
	(void)FcConfigSetRescanInterval(config, 0);
	for (size_t i = 0; i < COUNT(required); i++)
		if (!has_family(config, required[i])) {
			FcConfigDestroy(config);
			return problem_set(c, PROBLEM_INTERNAL, "fonts: %s is not installed", required[i]);
		}
	if (!FcConfigSetCurrent(config))
		return problem_set(c, PROBLEM_INTERNAL, "fonts: configuration refused");
	FcConfigDestroy(config);	/* the current configuration has its own reference */
	return ornament_start(c) != 0 || pen_start(c) != 0 ? -1 : warm(c);
}
