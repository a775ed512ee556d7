#include <stdlib.h>
#include <sys/random.h>

#include "base/random.h"

void
random_bytes(void *out, size_t n)
{
	unsigned char *p = out;

	while (n > 0) {
		ssize_t got = getrandom(p, n, 0);

		if (got < 0)
			continue;	/* interrupted: nothing else can happen here */
		p += got;
		n -= (size_t)got;
	}
}

/* Numbers from the incomplete last span are drawn again: no value is favoured. */
uint32_t
random_below(uint32_t n)
{
	uint32_t x, limit = UINT32_MAX - UINT32_MAX % n;

	do
		random_bytes(&x, sizeof x);
	while (x >= limit);
	return x % n;
}

void
random_code(char *out, size_t n)
{
	static const char alphabet[] = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

	for (size_t i = 0; i < n; i++)
		out[i] = alphabet[random_below(sizeof alphabet - 1)];
	out[n] = '\0';
}

bool
secret_eq(struct text a, struct text b)
{
	unsigned char differs = 0;

	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		differs |= (unsigned char)(a.p[i] ^ b.p[i]);
	return differs == 0;
}
