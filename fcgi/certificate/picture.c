/*
 * Stamps and signatures, decoded and deflated once per version: they would dominate the cost.
 */
#include <pthread.h>

#include "fcgi/certificate/certificate.h"

#define KEPT 256

/* Versions never change, so what is here stays right for the life of the process. */
static struct {
	pthread_mutex_t lock;
	struct { int64_t id; struct image *image; } row[KEPT];
	size_t n;
} kept = { .lock = PTHREAD_MUTEX_INITIALIZER };

static const struct image *
find(int64_t id)
{
	for (size_t i = 0; i < kept.n; i++)
		if (kept.row[i].id == id)
			return kept.row[i].image;
	return NULL;
}

static void
release(void *image)
{
	image_free(image);
}

/* A full table keeps what it has; the rest lives as long as its request. */
static const struct image *
keep(struct ctx *c, int64_t id, struct image *image)
{
	const struct image *there;

	(void)pthread_mutex_lock(&kept.lock);
	if ((there = find(id)) == NULL && kept.n < KEPT) {
		kept.row[kept.n].id = id;
		kept.row[kept.n++].image = image;
		there = image;
	}
	(void)pthread_mutex_unlock(&kept.lock);
	if (there != image)
		ctx_defer(c, release, image);
	return image;
}

int
picture(struct call *k, unsigned st, int64_t owner, const struct image **out)
{
	struct picture_row row;
	struct image *image;
	int rc = db_one(k->c, k->d, st, ARGS(A_INT(owner)), &row);

	*out = NULL;
	if (rc <= 0)
		return rc;
	(void)pthread_mutex_lock(&kept.lock);
	*out = find(row.id);
	(void)pthread_mutex_unlock(&kept.lock);
	if (*out != NULL)
		return 0;
	if ((image = image_new(k->c, row.png)) == NULL)
		return -1;
	*out = keep(k->c, row.id, image);
	return 0;
}
