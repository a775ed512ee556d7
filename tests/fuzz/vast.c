#include "tests/fuzz/vast.h"

#include <limits.h>

/* The digits at its beginning: how many, and what they say, as far as it can be an object's number. */
static size_t
digits(struct text t, unsigned long long *number)
{
	size_t n = 0;

	for (*number = 0; n < t.n && t.p[n] >= '0' && t.p[n] <= '9'; n++)
		if (*number <= INT_MAX)
			*number = *number * 10 + (unsigned)(t.p[n] - '0');
	return n;
}

bool
vast(struct text file)
{
	unsigned long long number;

	for (size_t i = 0, n; i < file.n; i += n > 0 ? n : 1) {
		n = digits(text_sub(file, i, file.n), &number);
		if (number >= VAST && number <= INT_MAX)
			return true;
	}
	return false;
}
