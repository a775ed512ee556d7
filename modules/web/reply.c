#include "web/request.h"

int
reply_json(struct ctx *c, struct reply *out, int status, struct json_object *o)
{
	out->status = status;
	out->type = "application/json";
	out->body = json_write(c, o);
	return 0;
}

int
reply_empty(struct reply *out, int status)
{
	out->status = status;
	out->type = NULL;
	return 0;
}

int
reply_bytes(struct reply *out, const char *type, struct text body)
{
	out->status = 200;
	out->type = type;
	out->body = body;
	return 0;
}

int
reply_file(struct reply *out, const char *type, int fd, int64_t size)
{
	out->status = 200;
	out->type = type;
	out->file = fd;
	out->file_size = size;
	return 0;
}

int
reply_sendfile(struct reply *out, const char *type, struct text path)
{
	out->status = 200;
	out->type = type;
	reply_header(out, "X-Accel-Redirect", path);
	return 0;
}

int
reply_see_other(struct reply *out, struct text where)
{
	reply_header(out, "Location", where);
	return reply_empty(out, 303);
}

/* A line end in a value would start a header of the client's making: such a header is left out. */
void
reply_header(struct reply *out, const char *name, struct text value)
{
	if (out->nheader < COUNT(out->header) && text_find(value, '\n') == value.n &&
	    text_find(value, '\r') == value.n)
		out->header[out->nheader++] = (struct header){ name, value };
}
