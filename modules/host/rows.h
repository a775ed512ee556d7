/*
 * rows - database rows as JSON, through the same table that reads them.
 *
 * Trust:   rows are ours.
 * Memory:  trees are released with the request.
 * Fails:   never.
 * Needs:   nothing.
 */
#ifndef HOST_ROWS_H
#define HOST_ROWS_H
#include "host/program.h"

/* row_json(c, stmt, row): an object with a member per column; names as in the struct. */
struct json_object *row_json(struct ctx *, const struct stmt *, const void *);
/* rows_json(c, stmt, list): an array of them. */
struct json_object *rows_json(struct ctx *, const struct stmt *, const struct list *);
/*
 * reply_list(k, stmt, list, page): {"items":[...],"next":...}.  The statement was asked for one row
 * more than ${page}; "next" is the first column of the last row shown, or null.
 */
int reply_list(struct call *, unsigned, struct list *, size_t);
/*
 * rows_newest(c, stmt, parts, n, max): the first ${max} rows of ${n} lists of the same statement,
 * each in the falling order of its first column, as one list in that order.
 */
struct list rows_newest(struct ctx *, const struct stmt *, const struct list *, size_t, size_t);
/* list_cut(list, page): drop the extra row; true if there was one. */
bool list_cut(struct list *, size_t);
#endif
