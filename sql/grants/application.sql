-- application: the exporter's side.
CREATE USER IF NOT EXISTS ecoo_application@localhost IDENTIFIED VIA unix_socket;
REVOKE ALL PRIVILEGES, GRANT OPTION FROM ecoo_application@localhost;

-- who is asking, what happened, what was answered
GRANT EXECUTE ON FUNCTION session_use TO ecoo_application@localhost;
GRANT SELECT ON who TO ecoo_application@localhost;
GRANT SELECT (writer, seq, hash), INSERT ON audit TO ecoo_application@localhost;
GRANT SELECT, INSERT ON idempotency TO ecoo_application@localhost;

GRANT SELECT ON firm TO ecoo_application@localhost;
GRANT SELECT ON agency TO ecoo_application@localhost;
GRANT SELECT ON office TO ecoo_application@localhost;
GRANT SELECT ON rule_set TO ecoo_application@localhost;
GRANT SELECT ON rule_document TO ecoo_application@localhost;
GRANT SELECT ON rule_feature TO ecoo_application@localhost;
GRANT SELECT ON rule_fee TO ecoo_application@localhost;
GRANT SELECT (id, person_id, fingerprint, der, subject, not_after, active) ON dsc TO ecoo_application@localhost;
GRANT SELECT, INSERT ON application TO ecoo_application@localhost;
GRANT UPDATE (number, submitted_at, office_id, state, version, content, exporter, consignee, importing_country,
    items, signed_text, signed_sha256, signature_id, updated_at) ON application TO ecoo_application@localhost;
GRANT SELECT, INSERT, DELETE ON application_invoice TO ecoo_application@localhost;
GRANT SELECT, INSERT, UPDATE (removed_at) ON document TO ecoo_application@localhost;
GRANT SELECT, INSERT ON application_signature TO ecoo_application@localhost;
GRANT SELECT, INSERT, UPDATE (used_at, expires_at) ON signing_job TO ecoo_application@localhost;
GRANT SELECT, INSERT ON application_event TO ecoo_application@localhost;
GRANT SELECT ON decision TO ecoo_application@localhost;
GRANT SELECT, INSERT, UPDATE ON counter TO ecoo_application@localhost;
GRANT SELECT (id, application_id, state, receipt_number, live_application) ON payment TO ecoo_application@localhost;
GRANT SELECT (application_id, number, state) ON certificate TO ecoo_application@localhost;
-- who ends an application uses its number up
GRANT EXECUTE ON FUNCTION certificate_void TO ecoo_application@localhost;
GRANT SELECT (number, application_id, issued_at) ON certificate_issue TO ecoo_application@localhost;
GRANT SELECT (number, state) ON certificate_status TO ecoo_application@localhost;
GRANT INSERT ON job TO ecoo_application@localhost;
