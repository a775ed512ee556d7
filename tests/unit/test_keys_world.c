#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/digest.h"
#include "test_keys_world.h"

static char dir[64];
static char said[16384];
static unsigned char block[32 * MIB];
static struct ctx one;

static const char people[] =
    "set -e\n"
    "printf 'Plot 14-B, Vellimalai Leather Park\\r\\n' >doc; printf 'another one\\n' >other\n"
    "cat >conf <<'E'\n"
    "[req]\nprompt=no\ndistinguished_name=n\n[n]\nCN=unused\n"
    "[root]\nbasicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n"
    "[signs]\nbasicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature,nonRepudiation\n"
    "subjectKeyIdentifier=hash\n"
    "[cipher]\nkeyUsage=critical,keyEncipherment\n[bare]\nbasicConstraints=CA:FALSE\n"
    "[authority]\nbasicConstraints=critical,CA:TRUE\nkeyUsage=critical,digitalSignature,keyCertSign\n"
    "[ca]\ndefault_ca=d\n[d]\ndatabase=index\ncrlnumber=number\ndefault_md=sha256\n"
    "default_crl_days=30\n"
    "E\n"
    "self() { openssl req -x509 -newkey rsa:2048 -nodes -days 36500 -config conf -extensions root "
    "-subj \"/C=IN/CN=$2\" -keyout $1.key -out $1.pem; }\n"
    "by() { name=$1 ca=$2 ext=$3; shift 3; openssl req -new \"$@\" -nodes -config conf "
    "-subj \"/C=IN/O=Personal/serialNumber=6442FD/CN=$name of the test\" -keyout $name.key -out req\n"
    "openssl x509 -req -in req -CA $ca.pem -CAkey $ca.key -days ${days:-3000} -sha256 -set_serial 0x$(openssl "
    "rand -hex 8) -extfile conf -extensions $ext -out $name.pem; }\n"
    "self root 'Root of the test'; self foreign 'Foreign root'\n"
    "by rsa root signs -newkey rsa:2048\n"
    "by ec root signs -newkey ec -pkeyopt ec_paramgen_curve:P-256\n"
    "by p521 root signs -newkey ec -pkeyopt ec_paramgen_curve:P-521\n"
    "by middle root root -newkey rsa:2048\n"
    "by third middle signs -newkey rsa:2048\n"
    "days=1; by brief root root -newkey rsa:2048; days=3000; by late brief signs -newkey rsa:2048\n"
    "by cipher root cipher -newkey rsa:2048\n"
    "by bare root bare -newkey rsa:2048\n"
    "by weak root signs -newkey rsa:1024\n"
    "by authority root authority -newkey rsa:2048\n"
    "by stranger foreign signs -newkey rsa:2048\n"
    "by revoked root signs -newkey rsa:2048\n"
    "serial=$(openssl x509 -in revoked.pem -noout -serial); echo 01 >number\n"
    "printf 'R\\t361231235959Z\\t250101000000Z\\t%s\\tunknown\\t/CN=x\\n' \"${serial#serial=}\" >index\n"
    "openssl ca -gencrl -config conf -cert root.pem -keyfile root.key -out crl.pem\n"
    "cat root.pem crl.pem >all.pem\n";

struct ctx *
world_ctx(void)
{
	if (one.mem.base == NULL)
		ctx_open(&one, block, sizeof block);
	ctx_begin(&one);
	return &one;
}

static int
run(const char *fmt, va_list ap)
{
	char command[8192];
	size_t n = (size_t)snprintf(command, sizeof command, "cd %s && { ", dir);
	FILE *f;

	n += (size_t)vsnprintf(command + n, sizeof command - n, fmt, ap);
	assert_true(n < sizeof command - 16);
	(void)strcat(command, "\n} 2>&1");
	assert_non_null(f = popen(command, "r"));
	n = fread(said, 1, sizeof said - 1, f);
	said[n] = '\0';
	return WEXITSTATUS(pclose(f));
}

int
world_run(const char *fmt, ...)
{
	va_list ap;
	int rc;

	va_start(ap, fmt);
	rc = run(fmt, ap);
	va_end(ap);
	return rc;
}

void
world_must(const char *fmt, ...)
{
	va_list ap;
	int rc;

	va_start(ap, fmt);
	rc = run(fmt, ap);
	va_end(ap);
	if (rc != 0)
		fail_msg("%s", said);
}

const char *
world_said(void)
{
	return said;
}

int
world_start(void **state)
{
	struct text script = T(people);

	(void)state;
	(void)snprintf(dir, sizeof dir, "%s/keys-XXXXXX", P_tmpdir);
	assert_non_null(mkdtemp(dir));
	world_write("people", script);
	world_must("sh people");
	return trust_start(world_path(world_ctx(), "all.pem"));
}

int
world_stop(void **state)
{
	(void)state;
	return world_run("cd / && rm -rf '%s'", dir);
}

const char *
world_path(struct ctx *c, const char *name)
{
	return text_fmt(c, "%s/%s", dir, name).p;
}

void
world_write(const char *name, struct text t)
{
	char path[128];
	FILE *f;

	(void)snprintf(path, sizeof path, "%s/%s", dir, name);
	assert_non_null(f = fopen(path, "wb"));
	assert_int_equal(fwrite(t.p, 1, t.n, f), t.n);
	assert_int_equal(fclose(f), 0);
}

struct text
world_read(struct ctx *c, const char *name)
{
	char *p = ctx_alloc(c, MIB);
	struct text t = { p, 0 };
	FILE *f = fopen(world_path(c, name), "rb");

	if (f == NULL)
		fail_msg("no file %s", name);
	t.n = fread(p, 1, MIB, f);
	(void)fclose(f);
	return t;
}

struct text
world_der(struct ctx *c, const char *name)
{
	world_must("openssl x509 -in %s.pem -outform DER -out der", name);
	return world_read(c, "der");
}

const unsigned char *
world_hash(struct ctx *c, const char *name)
{
	return (const unsigned char *)sha256_text(c, world_read(c, name)).p;
}

struct text
world_sign(struct ctx *c, const char *name, const unsigned char *hash)
{
	world_write("hash", (struct text){ (const char *)hash, SHA256_BYTES });
	world_must("openssl pkeyutl -sign -inkey %s.key -in hash -pkeyopt digest:sha256 -out bare", name);
	return world_read(c, "bare");
}
