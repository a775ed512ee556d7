/* A detached signature over a file. */
#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/codec.h"
#include "tools/coosign/job.h"
#include "tools/coosign/key.h"
#include "tools/coosign/terminal.h"

static bool
digest_stream(FILE *f, unsigned char *out)
{
	EVP_MD_CTX *m = EVP_MD_CTX_new();
	bool good = m != NULL && EVP_DigestInit_ex(m, EVP_sha256(), NULL) == 1;
	unsigned char part[16384];
	size_t n;

	while (good && (n = fread(part, 1, sizeof part, f)) > 0)
		good = EVP_DigestUpdate(m, part, n) == 1;
	good = good && ferror(f) == 0 && EVP_DigestFinal_ex(m, out, NULL) == 1;
	EVP_MD_CTX_free(m);
	return good;
}

static enum outcome
digest_file(const char *path, unsigned char *out)
{
	FILE *f = fopen(path, "rbe");
	bool good = f != NULL && digest_stream(f, out);

	if (f != NULL)
		(void)fclose(f);
	return good ? DONE : fail(FAILED, "%s: %s", path, strerror(errno));
}

/* A file that is there already is not overwritten: it may be another signature. */
static enum outcome
write_file(const char *path, struct text t)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	ssize_t n = fd < 0 ? -1 : write(fd, t.p, t.n);

	if (fd >= 0 && (close(fd) != 0 || n != (ssize_t)t.n)) {
		(void)unlink(path);
		n = -1;
	}
	return n == (ssize_t)t.n ? DONE : fail(FAILED, "%s: %s", path, strerror(errno));
}

enum outcome
file_sign(struct ctx *c, const struct options *o)
{
	unsigned char document[32];
	struct text signature, cms;
	struct key k;
	enum outcome how;

	if ((how = digest_file(o->in, document)) != DONE || (how = key_open(c, o, NULL, &k)) != DONE)
		return how;
	how = key_sign_cms(c, &k, document, &signature, &cms);
	k.close(&k);
	if (how != DONE || (how = write_file(o->out, cms)) != DONE)
		return how;
	(void)printf("Signed by ");
	terminal_print(stdout, k.certificate.subject);
	(void)printf(": %s\n", o->out);
	terminal_line("SHA-256", hex_text(c, document, sizeof document));
	return DONE;
}
