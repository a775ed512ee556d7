#include <json-c/json.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "paper/paper.h"
#include "test_paper_samples.h"

static const char *
source(void)
{
	const char *dir = getenv("srcdir");

	return dir == NULL ? "." : dir;
}

static const char *
out_dir(void)
{
	const char *dir = getenv("PAPER_OUT");

	return dir == NULL ? "paper-out" : dir;
}

struct ctx *
sample_ctx(void)
{
	static struct ctx c;
	static void *block;

	if (block == NULL)
		ctx_open(&c, block = malloc(64 * MIB), 64 * MIB);
	ctx_begin(&c);
	return &c;
}

void
sample_start(struct ctx *c)
{
	char conf[1024], here[512], cache[1200], *whole;

	(void)snprintf(conf, sizeof conf, "%s/modules/paper/fonts.conf", source());
	assert_non_null(whole = realpath(conf, NULL));
	(void)mkdir(out_dir(), 0700);
	assert_non_null(getcwd(here, sizeof here));
	(void)snprintf(cache, sizeof cache, "%s%s%s/fonts", out_dir()[0] == '/' ? "" : here,
	    out_dir()[0] == '/' ? "" : "/", out_dir());
	if (paper_start(c, whole, cache) != 0)
		fail_msg("%s", c->problem.log);
	free(whole);
}

static struct text
read_file(struct ctx *c, FILE *f)
{
	struct text t;
	char *p = NULL;
	size_t n = 0;
	FILE *m = open_memstream(&p, &n);
	char block[65536];

	for (size_t k; (k = fread(block, 1, sizeof block, f)) > 0; )
		assert_int_equal(fwrite(block, 1, k, m), k);
	assert_int_equal(fclose(m), 0);
	t = text_copy(c, (struct text){ p, n });
	free(p);
	return t;
}

struct text
sample_file(struct ctx *c, const char *name)
{
	char path[1024];
	struct text t;
	FILE *f;

	(void)snprintf(path, sizeof path, "%s/tests/samples/%s", source(), name);
	if ((f = fopen(path, "rb")) == NULL)
		fail_msg("cannot open %s", path);
	t = read_file(c, f);
	(void)fclose(f);
	return t;
}

const char *
sample_write(struct ctx *c, const char *name, struct text bytes)
{
	struct text path = text_fmt(c, "%s/%s", out_dir(), name);
	FILE *f;

	assert_non_null(f = fopen(path.p, "wb"));
	assert_int_equal(fwrite(bytes.p, 1, bytes.n, f), bytes.n);
	assert_int_equal(fclose(f), 0);
	return path.p;
}

int
sample_run(struct ctx *c, struct text *out, const char *fmt, ...)
{
	char command[4096];
	va_list ap;
	FILE *f;

	va_start(ap, fmt);
	(void)vsnprintf(command, sizeof command - 16, fmt, ap);
	va_end(ap);
	(void)memmove(command + 1, command, strlen(command) + 1);
	command[0] = '(';
	(void)strcat(command, ") 2>&1");
	assert_non_null(f = popen(command, "r"));
	*out = read_file(c, f);
	return WEXITSTATUS(pclose(f));
}

bool
sample_has(const char *program)
{
	char command[256];

	(void)snprintf(command, sizeof command, "command -v %s >/dev/null", program);
	return system(command) == 0;
}

static struct json_object *
get(struct json_object *o, const char *key)
{
	struct json_object *m = NULL;

	(void)json_object_object_get_ex(o, key, &m);
	return m;
}

static struct text
str(struct ctx *c, struct json_object *o, const char *key)
{
	struct json_object *m = get(o, key);

	return m == NULL ? T("") : text_copy(c, text_of(json_object_get_string(m)));
}

static void
push_all(struct ctx *c, struct face_lines *l, struct json_object *array)
{
	for (size_t i = 0; array != NULL && i < json_object_array_length(array); i++)
		lines_add(l, text_copy(c, text_of(json_object_get_string(json_object_array_get_idx(array, i)))));
}

static struct face_lines
party(struct ctx *c, struct json_object *o)
{
	struct face_lines l = lines_new(c, 32);
	struct text state = str(c, o, "state"), pin = str(c, o, "pin");

	lines_add(&l, str(c, o, "name"));
	lines_add(&l, str(c, o, "name_local"));
	push_all(c, &l, get(o, "address"));
	push_all(c, &l, get(o, "address_local"));
	lines_add(&l, state.n == 0 ? text_fmt(c, "%s, %s", str(c, o, "city").p, str(c, o, "country").p) :
	    text_fmt(c, "%s %s, %s, INDIA", str(c, o, "city").p, pin.p, state.p));
	if (get(o, "iec") != NULL)
		lines_add(&l, text_fmt(c, "IEC %s · GSTIN %s", str(c, o, "iec").p, str(c, o, "gstin").p));
	return l;
}

static struct face_lines
transport(struct ctx *c, struct json_object *t)
{
	struct face_lines l = lines_new(c, 32);

	lines_add(&l, text_fmt(c, "By %s: %s %s", str(c, t, "mode").p, str(c, t, "vessel").p, str(c, t, "voyage").p));
	lines_add(&l, text_fmt(c, "From %s to %s", str(c, get(t, "port_of_loading"), "name").p,
	    str(c, get(t, "port_of_discharge"), "name").p));
	lines_add(&l, text_fmt(c, "Place of receipt: %s", str(c, t, "place_of_receipt").p));
	lines_add(&l, text_fmt(c, "Final destination: %s", str(c, t, "final_destination").p));
	lines_add(&l, text_fmt(c, "Departure: %s", str(c, t, "departure_date").p));
	return l;
}

static struct face_item
item(struct ctx *c, struct json_object *o)
{
	struct text local = str(c, o, "description_local");

	return (struct face_item){
		.number = str(c, o, "line"),
		.marks = str(c, o, "marks"),
		.packages = json_object_get_int(get(o, "packages")) == 0 ? T("") :
		    text_fmt(c, "%s %s", str(c, o, "packages").p, str(c, o, "package_kind").p),
		.goods = text_fmt(c, "%s%s%s\nHS %.6s", str(c, o, "description").p, local.n == 0 ? "" : "\n",
		    local.p, str(c, o, "hs").p),
		.criterion = str(c, o, "origin_criterion"),
		.weight = text_fmt(c, "%s kg gross\n%s kg net\n%s %s", str(c, o, "gross_kg").p,
		    str(c, o, "net_kg").p, str(c, o, "quantity").p, str(c, o, "uqc").p),
	};
}

static struct json_object *
dataset(const char *id)
{
	static struct json_object *all;
	char path[1024];
	struct json_object *sets;

	(void)snprintf(path, sizeof path, "%s/tests/samples/data/shipments.json", source());
	if (all == NULL)
		assert_non_null(all = json_object_from_file(path));
	sets = get(all, "datasets");
	for (size_t i = 0; i < json_object_array_length(sets); i++) {
		struct json_object *o = json_object_array_get_idx(sets, i);

		if (strstr(json_object_get_string(get(o, "id")), id) != NULL)
			return o;
	}
	fail_msg("no shipment %s", id);
	return NULL;
}

static const struct image *
picture(struct ctx *c, const char *name)
{
	struct image *i = image_new(c, sample_file(c, name));

	assert_non_null(i);
	return i;
}

static struct face_lines
official(struct ctx *c, struct json_object *certificate)
{
	struct face_lines l = lines_new(c, 32);

	if (json_object_get_boolean(get(certificate, "issued_retrospectively")))
		lines_add(&l, T("ISSUED RETROSPECTIVELY"));
	if (json_object_get_boolean(get(certificate, "back_to_back"))) {
		lines_add(&l, T("BACK-TO-BACK CERTIFICATE"));
		lines_add(&l, T("Issued on the basis of foreign certificate JP-OSA-26-004417 of 3 Sep 2026, Osaka Chamber, Japan"));
	}
	return l;
}

void
sample_face(struct ctx *c, const char *id, enum leaf leaf, struct face *f)
{
	static const struct image *stamp, *signature;
	struct json_object *o = dataset(id), *items = get(o, "items"), *agency = get(o, "agency");
	struct json_object *invoice = json_object_array_get_idx(get(o, "invoices"), 0);
	size_t n = json_object_array_length(items);
	struct face_item *rows = ctx_alloc(c, n * sizeof *rows);

	if (stamp == NULL) {
		stamp = picture(c, "stamps/office-chennai.png");
		signature = picture(c, "signatures/officer-1.png");
	}
	for (size_t i = 0; i < n; i++)
		rows[i] = item(c, json_object_array_get_idx(items, i));
	*f = (struct face){
		.leaf = leaf,
		.number = T("NP-NGC-26-0000123-K"),
		.code = T("7KQ4WPX2MD"),
		.address = T("https://ecoo.example/verify/NP-NGC-26-0000123-K?code=7KQ4WPX2MD"),
		.agency = str(c, agency, "name"),
		.agency_local = str(c, agency, "name_local"),
		.office = text_fmt(c, "%s office", str(c, agency, "office").p),
		.agency_address = T("14 Kalangarai Road, Chennai 600001, India"),
		.exporter = party(c, get(o, "exporter")),
		.consignee = party(c, get(o, "consignee")),
		.transport = transport(c, get(o, "transport")),
		.official = official(c, get(o, "certificate")),
		.item = rows, .nitem = n,
		.total = text_fmt(c, "Total: %s packages, %s kg gross", str(c, get(o, "totals"), "packages").p,
		    str(c, get(o, "totals"), "gross_kg").p),
		.importing_country = str(c, get(o, "certificate"), "importing_country"),
		.produced_in = get(get(o, "certificate"), "country_of_origin") == NULL ? T("India") : T("Japan"),
		.declared = {
			.place = str(c, get(o, "declaration"), "place"),
			.date = str(c, get(o, "declaration"), "date"),
			.signatory = str(c, get(o, "declaration"), "signatory"),
			.designation = str(c, get(o, "declaration"), "designation"),
			.signed_at = T("5 Nov 2026, 14:30 IST"),
		},
		.issued = { T("Chennai"), T("24 Nov 2026"), T("Meera Vaidyanathan"), T("Joint Director") },
		.stamp = stamp, .signature = signature,
		.time = 1795510800,
	};
	f->invoices = lines_new(c, 32);
	lines_add(&f->invoices, str(c, invoice, "no"));
	lines_add(&f->invoices, text_fmt(c, "of %s", str(c, invoice, "date").p));
}

/* What fontconfig and pango keep for the life of a program is not lost. */
const char *__lsan_default_suppressions(void);
const char *
__lsan_default_suppressions(void)
{
	return "leak:libfontconfig\nleak:libpango\nleak:libglib\nleak:libjson-c\n";
}
