/*
 * stmts - statements of modules/record.  A program's enum goes on from RECORD_STMTS.
 *
 * RECORD_STMT_ROWS(SCOPE): SCOPE is the condition under which the person "?" may see the
 * application "a".
 */
#ifndef RECORD_STMTS_H
#define RECORD_STMTS_H
#include "host/stmts.h"
#include "record/record.h"

enum {
	RECORD_READ = HOST_STMTS, RECORD_DOCUMENTS, RECORD_DOCUMENT, RECORD_EVENT_ADD,
	RECORD_JOB_ADD, RECORD_STMTS
};

#define SCOPE_FIRM	"a.iec = (SELECT iec FROM who WHERE person = ?)"
/* Officers see what was submitted to their offices. */
#define SCOPE_OFFICE	"a.submitted_at IS NOT NULL AND a.office_id IN " \
			"(SELECT office_id FROM officer_office WHERE person_id = ?)"
#define SCOPE_BOTH	"EXISTS (SELECT 1 FROM who w LEFT JOIN officer_office f " \
			"ON f.person_id = w.person WHERE w.person = ? AND (w.iec = a.iec OR " \
			"(f.office_id = a.office_id AND a.submitted_at IS NOT NULL)))"

extern const struct col record_col[27], document_col[8];

#define RECORD_STMT_ROWS(SCOPE)								\
	[RECORD_READ] = { "SELECT a.id, a.number, a.iec, a.agency, g.name, g.gstin, "	\
	    "a.office_id, o.name, o.city, a.rule_set, a.state, a.version, a.paid, a.content, "\
	    "a.exporter, a.consignee, a.importing_country, a.items, a.signed_sha256, "	\
	    "COALESCE(a.signature_id, 0), COALESCE(a.lock_person, 0), "			\
	    "COALESCE(a.lock_until > UTC_TIMESTAMP(3), 0), a.lock_until, a.created_at, "\
	    "a.updated_at, a.submitted_at, a.approved_at FROM application a "		\
	    "JOIN agency g ON g.code = a.agency JOIN office o ON o.id = a.office_id "	\
	    "WHERE a.id = ? AND " SCOPE, record_col, COUNT(record_col), sizeof(struct record) },\
	[RECORD_DOCUMENTS] = { "SELECT id, kind, name, media_type, size, sha256, pages, "\
	    "uploaded_at FROM document WHERE application_id = ? AND removed_at IS NULL "\
	    "ORDER BY id LIMIT 100", document_col, COUNT(document_col), sizeof(struct document) },\
	[RECORD_DOCUMENT] = { "SELECT id, kind, name, media_type, size, sha256, pages, "\
	    "uploaded_at FROM document WHERE application_id = ? AND id = ? "		\
	    "AND removed_at IS NULL", document_col, COUNT(document_col),		\
	    sizeof(struct document) },							\
	[RECORD_EVENT_ADD] = DO("INSERT INTO application_event (application_id, at, what, "\
	    "person_id, by_name, text) VALUES (?, UTC_TIMESTAMP(3), ?, NULLIF(?, 0), ?, ?)"),\
	[RECORD_JOB_ADD] = DO("INSERT INTO job (kind, once, payload, not_before, created_at) "\
	    "VALUES (?, ?, ?, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3))")
#endif
