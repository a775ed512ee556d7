-- courier: letters and the payment gateway.  It works off jobs; it cannot make them, and it can say
-- of a payment only that its order was made or refused.
CREATE USER IF NOT EXISTS ecoo_courier@localhost IDENTIFIED VIA unix_socket;
REVOKE ALL PRIVILEGES, GRANT OPTION FROM ecoo_courier@localhost;

GRANT SELECT ON job TO ecoo_courier@localhost;
GRANT UPDATE (state, version, tries, not_before, lease_until, last_error) ON job
    TO ecoo_courier@localhost;
GRANT SELECT (id, state, total_paise, gateway_order, created_at) ON payment TO ecoo_courier@localhost;
GRANT EXECUTE ON FUNCTION payment_opened TO ecoo_courier@localhost;
GRANT EXECUTE ON FUNCTION payment_refused TO ecoo_courier@localhost;
