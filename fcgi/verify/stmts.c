/*
 * Every statement this program may send: three looks at one view.
 */
#include "fcgi/verify/verify.h"

static const struct col public_col[] = {
	ROW_TEXT(struct public_row, number), ROW_TEXT(struct public_row, check_code),
	ROW_TEXT(struct public_row, applicant), ROW_TEXT(struct public_row, goods),
	ROW_TEXT(struct public_row, origin_country),
	ROW_TEXT(struct public_row, destination_country),
	ROW_TEXT(struct public_row, agency), ROW_TEXT(struct public_row, agency_name),
	ROW_TEXT(struct public_row, agency_email), ROW_TEXT(struct public_row, agency_phone),
	ROW_TEXT(struct public_row, agency_website), ROW_TEXT(struct public_row, office),
	ROW_TEXT(struct public_row, state), ROW_TIME(struct public_row, issued_at),
	ROW_TIME0(struct public_row, ended_at), ROW_TEXT0(struct public_row, reason),
	ROW_TEXT0(struct public_row, replaced_by), ROW_TEXT(struct public_row, sha256),
	ROW_TEXT(struct public_row, range_sha256), ROW_INT(struct public_row, size),
};
static const struct col face_col[] = { ROW_TEXT(struct face_row, face) };

#define PUBLIC "SELECT number, check_code, applicant, goods, origin_country, "		\
	"destination_country, agency, agency_name, agency_email, agency_phone, "	\
	"agency_website, office, state, issued_at, ended_at, reason, replaced_by, "	\
	"sha256, range_sha256, size FROM public_certificate "

const struct stmt verify_stmt[VERIFY_STMTS] = {
	[ST_NUMBER] = STMT(PUBLIC "WHERE number = ?", public_col, struct public_row),
	[ST_FACE] = STMT("SELECT face FROM public_certificate WHERE number = ?", face_col,
	    struct face_row),
	[ST_SHA256] = STMT(PUBLIC "WHERE sha256 = ?", public_col, struct public_row),
	[ST_RANGE] = STMT(PUBLIC "WHERE range_sha256 = ?", public_col, struct public_row),
};
