-- review: the officer's side.
CREATE USER IF NOT EXISTS ecoo_review@localhost IDENTIFIED VIA unix_socket;
REVOKE ALL PRIVILEGES, GRANT OPTION FROM ecoo_review@localhost;

-- who is asking, what happened, what was answered
GRANT EXECUTE ON FUNCTION session_use TO ecoo_review@localhost;
GRANT SELECT ON who TO ecoo_review@localhost;
GRANT SELECT (writer, seq, hash), INSERT ON audit TO ecoo_review@localhost;
GRANT SELECT, INSERT ON idempotency TO ecoo_review@localhost;

GRANT SELECT ON officer_office TO ecoo_review@localhost;
GRANT SELECT ON agency TO ecoo_review@localhost;
GRANT SELECT ON office TO ecoo_review@localhost;
GRANT SELECT (id, name, email, active) ON person TO ecoo_review@localhost;
GRANT SELECT ON rule_document TO ecoo_review@localhost;
GRANT SELECT ON rule_feature TO ecoo_review@localhost;
GRANT SELECT ON application TO ecoo_review@localhost;
GRANT UPDATE (state, version, lock_person, lock_until, approved_at, updated_at) ON application TO ecoo_review@localhost;
GRANT SELECT ON application_invoice TO ecoo_review@localhost;
GRANT SELECT ON document TO ecoo_review@localhost;
GRANT SELECT (id, sha256, signer, fingerprint, signed_at) ON application_signature TO ecoo_review@localhost;
GRANT SELECT, INSERT ON application_event TO ecoo_review@localhost;
GRANT SELECT, INSERT ON decision TO ecoo_review@localhost;
GRANT SELECT (application_id, number, state) ON certificate TO ecoo_review@localhost;
-- who ends an application uses its number up
GRANT EXECUTE ON FUNCTION certificate_void TO ecoo_review@localhost;
GRANT SELECT (id, application_id, state, receipt_number, live_application) ON payment TO ecoo_review@localhost;
GRANT SELECT (number, state) ON certificate_status TO ecoo_review@localhost;
GRANT SELECT ON rule_fee TO ecoo_review@localhost;
GRANT SELECT (iec, name) ON firm TO ecoo_review@localhost;
GRANT SELECT (application_id, issued_at) ON certificate_issue TO ecoo_review@localhost;
GRANT INSERT ON job TO ecoo_review@localhost;
