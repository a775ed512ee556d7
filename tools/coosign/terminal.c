#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "tools/coosign/terminal.h"

/* ---- words ---- */

/* Code points that do not belong into one line of text: C0, DEL, C1, and bidirectional controls. */
static bool
harmless(uint32_t u)
{
	static const struct { uint32_t from, to; } bad[] = {
		{ 0x00, 0x1f }, { 0x7f, 0x9f }, { 0x061c, 0x061c }, { 0x200b, 0x200f }, { 0x2028, 0x202e },
		{ 0x2060, 0x206f }, { 0xfeff, 0xfeff }, { 0xfff0, 0xfffb }, { 0xe0000, 0xe007f },
	};

	for (size_t i = 0; i < COUNT(bad); i++)
		if (u >= bad[i].from && u <= bad[i].to)
			return false;
	return true;
}

/* Length of the well-formed sequence at the beginning, 0 if there is none. */
static size_t
sequence(struct text t, uint32_t *u)
{
	const unsigned char *p = (const unsigned char *)t.p;
	size_t n = p[0] < 0x80 ? 1 : p[0] >= 0xf0 ? 4 : p[0] >= 0xe0 ? 3 : 2;

	if (n > t.n || !text_utf8((struct text){ t.p, n }))
		return 0;
	*u = n == 1 ? p[0] : p[0] & (0x7fu >> n);
	for (size_t i = 1; i < n; i++)
		*u = *u << 6 | (p[i] & 0x3f);
	return n;
}

void
terminal_print(FILE *f, struct text t)
{
	uint32_t u = 0;

	while (t.n > 0) {
		size_t n = sequence(t, &u);

		if (n > 0 && harmless(u))
			(void)fwrite(t.p, 1, n, f);
		else
			(void)fputc('?', f);
		t = text_sub(t, n > 0 ? n : 1, t.n);
	}
}

void
terminal_line(const char *label, struct text t)
{
	(void)printf("  %-12s ", label);
	terminal_print(stdout, t);
	(void)putchar('\n');
}

enum outcome
fail(enum outcome how, const char *fmt, ...)
{
	char words[1024];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(words, sizeof words, fmt, ap);
	va_end(ap);
	(void)fflush(stdout);
	(void)fputs("coosign: ", stderr);
	terminal_print(stderr, text_of(words));
	(void)fputc('\n', stderr);
	return how;
}

enum outcome
fail_problem(enum outcome how, const struct ctx *c)
{
	return fail(how, "%s", c->problem.detail != NULL ? c->problem.detail : c->problem.log);
}

/* ---- questions ---- */

bool
terminal_there(void)
{
	return isatty(STDIN_FILENO) == 1;
}

/* A line without its end; false at the end of input, or when it is too long. */
static bool
read_line(int fd, unsigned char *to, size_t cap, size_t *n)
{
	for (*n = 0;; ++*n) {
		unsigned char b;
		ssize_t got = read(fd, &b, 1);

		if (got < 0 && errno == EINTR)
			return false;
		if (got <= 0 || b == '\n')
			return got == 1 || *n > 0;
		if (*n == cap)
			return false;
		to[*n] = b;
	}
}

bool
terminal_yes(const char *question)
{
	char answer[8] = "";
	size_t n;

	if (!terminal_there())
		return false;
	(void)printf("%s [y/N] ", question);
	(void)fflush(stdout);
	if (!read_line(STDIN_FILENO, (unsigned char *)answer, sizeof answer - 1, &n))
		return false;
	answer[n] = '\0';
	return strcasecmp(answer, "y") == 0 || strcasecmp(answer, "yes") == 0;
}

void
terminal_wait(void)
{
	unsigned char line[256];
	size_t n;

	if (!terminal_there())
		return;
	(void)printf("Press Enter to close. ");
	(void)fflush(stdout);
	(void)read_line(STDIN_FILENO, line, sizeof line, &n);
}

/* ---- secrets ---- */

static struct termios as_it_was;

/* Somebody who gives up at the question gets the terminal back as it was. */
static void
give_up(int number)
{
	(void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &as_it_was);
	_exit(128 + number);
}

static void
on_signals(void (*does)(int))
{
	static const int number[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP };
	struct sigaction a = { .sa_handler = does };

	for (size_t i = 0; i < COUNT(number); i++)
		(void)sigaction(number[i], &a, NULL);
}

static enum outcome
type_it(const char *prompt, struct secret *out)
{
	struct termios quiet;
	bool good;

	if (!terminal_there() || tcgetattr(STDIN_FILENO, &as_it_was) != 0)
		return fail(DECLINED, "there is no terminal to ask for the PIN: use --pin-file");
	quiet = as_it_was;
	quiet.c_lflag &= ~(tcflag_t)ECHO;
	on_signals(give_up);
	(void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
	terminal_print(stdout, text_of(prompt));
	(void)printf(": ");
	(void)fflush(stdout);
	good = read_line(STDIN_FILENO, out->byte, SECRET_MAX, &out->n);
	(void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &as_it_was);
	on_signals(SIG_DFL);
	(void)putchar('\n');
	return good && out->n > 0 ? DONE : fail(DECLINED, "no PIN was given");
}

static enum outcome
read_file(const char *path, struct secret *out)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat s;
	bool good;

	if (fd < 0 || fstat(fd, &s) != 0) {
		if (fd >= 0)
			(void)close(fd);
		return fail(NO_KEY, "%s: %s", path, strerror(errno));
	}
	if (S_ISREG(s.st_mode) && (s.st_mode & 077) != 0) {
		(void)close(fd);
		return fail(NO_KEY, "%s: others can read this PIN: chmod 600 it", path);
	}
	good = read_line(fd, out->byte, SECRET_MAX, &out->n);
	(void)close(fd);
	return good && out->n > 0 ? DONE : fail(NO_KEY, "%s: no PIN in its first line", path);
}

enum outcome
secret_get(const char *file, const char *prompt, struct secret *out)
{
	out->n = 0;
	return file != NULL ? read_file(file, out) : type_it(prompt, out);
}

void
secret_wipe(struct secret *s)
{
	explicit_bzero(s, sizeof *s);
}
