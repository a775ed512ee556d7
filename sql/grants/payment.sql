-- payment: orders, facts from the gateway, the ledger, receipts.
CREATE USER IF NOT EXISTS ecoo_payment@localhost IDENTIFIED VIA unix_socket;
REVOKE ALL PRIVILEGES, GRANT OPTION FROM ecoo_payment@localhost;

-- who is asking, what happened, what was answered
GRANT EXECUTE ON FUNCTION session_use TO ecoo_payment@localhost;
GRANT SELECT ON who TO ecoo_payment@localhost;
GRANT SELECT (writer, seq, hash), INSERT ON audit TO ecoo_payment@localhost;
GRANT SELECT, INSERT ON idempotency TO ecoo_payment@localhost;

GRANT SELECT (code, name, address, city, gstin) ON agency TO ecoo_payment@localhost;
GRANT SELECT (iec, name, gstin, address, city, state, pin) ON firm TO ecoo_payment@localhost;
GRANT SELECT (id, email, active) ON person TO ecoo_payment@localhost;
GRANT SELECT ON rule_fee TO ecoo_payment@localhost;
GRANT SELECT (id, number, iec, agency, rule_set, state, version, paid, submitted_at) ON application
    TO ecoo_payment@localhost;
-- paid, and by that submitted: not a word of its content
GRANT UPDATE (state, version, paid, number, submitted_at, updated_at) ON application
    TO ecoo_payment@localhost;
GRANT INSERT ON application_event TO ecoo_payment@localhost;
GRANT SELECT, INSERT, UPDATE ON counter TO ecoo_payment@localhost;
GRANT SELECT, INSERT ON payment TO ecoo_payment@localhost;
GRANT UPDATE (state, version, gateway_payment, receipt_number, paid_at) ON payment
    TO ecoo_payment@localhost;
-- money that was booked stays booked: no UPDATE, no DELETE
GRANT INSERT ON payment_fact TO ecoo_payment@localhost;
GRANT INSERT ON ledger_entry TO ecoo_payment@localhost;
GRANT SELECT (number, iec, document), INSERT ON receipt TO ecoo_payment@localhost;
GRANT INSERT ON job TO ecoo_payment@localhost;
