-- verify: anyone's question.  One view and nothing else.
CREATE USER IF NOT EXISTS ecoo_verify@localhost IDENTIFIED VIA unix_socket;
REVOKE ALL PRIVILEGES, GRANT OPTION FROM ecoo_verify@localhost;

GRANT SELECT ON public_certificate TO ecoo_verify@localhost;
