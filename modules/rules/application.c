#include "rules/application.h"

struct amount
amount_read(struct text typed, unsigned places)
{
	struct amount a = { typed, ABSENT };

	if (typed.n > 0 && !text_decimal(typed, places, &a.n))
		a.n = UNREADABLE;
	return a;
}
