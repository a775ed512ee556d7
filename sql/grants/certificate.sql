-- certificate: numbers, leaves, signatures, issue.
CREATE USER IF NOT EXISTS ecoo_certificate@localhost IDENTIFIED VIA unix_socket;
REVOKE ALL PRIVILEGES, GRANT OPTION FROM ecoo_certificate@localhost;

-- who is asking, what happened, what was answered
GRANT EXECUTE ON FUNCTION session_use TO ecoo_certificate@localhost;
GRANT SELECT ON who TO ecoo_certificate@localhost;
GRANT SELECT (writer, seq, hash), INSERT ON audit TO ecoo_certificate@localhost;
GRANT SELECT, INSERT ON idempotency TO ecoo_certificate@localhost;

GRANT SELECT ON officer_office TO ecoo_certificate@localhost;
GRANT SELECT ON agency TO ecoo_certificate@localhost;
GRANT SELECT ON office TO ecoo_certificate@localhost;
GRANT SELECT (id, email, active) ON person TO ecoo_certificate@localhost;
GRANT SELECT (id, person_id, fingerprint, der, subject, not_after, active) ON dsc TO ecoo_certificate@localhost;
GRANT SELECT ON image TO ecoo_certificate@localhost;
GRANT SELECT, UPDATE (value) ON setting TO ecoo_certificate@localhost;
GRANT SELECT ON firm TO ecoo_certificate@localhost;
GRANT SELECT ON application TO ecoo_certificate@localhost;
GRANT UPDATE (state, version, updated_at) ON application TO ecoo_certificate@localhost;
GRANT SELECT ON document TO ecoo_certificate@localhost;
GRANT SELECT (id, signer, signed_at) ON application_signature TO ecoo_certificate@localhost;
GRANT INSERT ON application_event TO ecoo_certificate@localhost;
GRANT SELECT, INSERT, UPDATE ON counter TO ecoo_certificate@localhost;
GRANT SELECT, INSERT ON certificate TO ecoo_certificate@localhost;
GRANT UPDATE (state, version, face, pages, prepared_file, prepared_sha256, signing_by, signing_at)
    ON certificate TO ecoo_certificate@localhost;
-- what is issued stays as it is: no UPDATE, no DELETE
GRANT SELECT, INSERT ON certificate_issue TO ecoo_certificate@localhost;
GRANT SELECT, INSERT ON certificate_status TO ecoo_certificate@localhost;
GRANT SELECT, INSERT, UPDATE (used_at, expires_at) ON signing_job TO ecoo_certificate@localhost;
GRANT INSERT ON job TO ecoo_certificate@localhost;
