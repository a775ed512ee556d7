-- login: sign in, sign out, who am I.
CREATE USER IF NOT EXISTS ecoo_login@localhost IDENTIFIED VIA unix_socket;
REVOKE ALL PRIVILEGES, GRANT OPTION FROM ecoo_login@localhost;

-- who is asking, what happened, what was answered
GRANT EXECUTE ON FUNCTION session_use TO ecoo_login@localhost;
GRANT SELECT ON who TO ecoo_login@localhost;
GRANT SELECT (writer, seq, hash), INSERT ON audit TO ecoo_login@localhost;
GRANT SELECT, INSERT ON idempotency TO ecoo_login@localhost;

GRANT SELECT (id, email, password_hash, active) ON person TO ecoo_login@localhost;
GRANT SELECT (id, name) ON office TO ecoo_login@localhost;
GRANT SELECT ON officer_office TO ecoo_login@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON sign_in_delay TO ecoo_login@localhost;
GRANT SELECT (token_hash), INSERT, DELETE ON session TO ecoo_login@localhost;
