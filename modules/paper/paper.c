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
	return ornament_start(c) != 0 ? -1 : paper_warm(c);
}

/* Lay out one word of each script: loads the faces and starts pango's helper thread. */
int
paper_warm(struct ctx *c)
{
	cairo_surface_t *nowhere = cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, NULL);
	struct pen pen;

	pen_open(&pen, c, cairo_create(nowhere));
	for (enum style s = 0; s < STYLE__MAX; s++)
		(void)pen_text(&pen, "warm", T("Origin मूल المنشأ 123"), s, 0, 0, 500);
	pen_close(&pen);
	cairo_surface_destroy(nowhere);
	return c->problem.kind == PROBLEM_NONE ? 0 : -1;
}
