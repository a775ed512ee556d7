-- What reaches an office was paid for, and what is issued was approved, numbered and charged, whichever
-- program asks: one that was taken over submits nothing for nothing, and puts nothing into the register
-- that nobody approved.  Booked first, then marked as paid, then submitted (fcgi/payment/settle.c).

DELIMITER $$

-- The fee of an application came in, and stands in the ledger.
CREATE FUNCTION charged(application BIGINT) RETURNS BOOLEAN
	READS SQL DATA SQL SECURITY INVOKER
	RETURN EXISTS (SELECT 1 FROM payment p JOIN ledger_entry l
	    ON l.gateway_payment = p.gateway_payment AND l.account = CONCAT('fees:', p.agency)
	    WHERE p.live_application = application AND p.state = 'paid'
	    AND l.payment_id = p.id AND l.amount_paise = -p.total_paise)$$

CREATE TRIGGER application_paid BEFORE UPDATE ON application FOR EACH ROW
BEGIN
	IF program_name() IS NOT NULL AND OLD.paid <> NEW.paid AND NOT (NEW.paid AND charged(NEW.id)) THEN
		SIGNAL SQLSTATE '42000' SET MYSQL_ERRNO = 1142,
		    MESSAGE_TEXT = 'UPDATE command denied: paid is what was booked';
	END IF;
	IF program_name() IS NOT NULL AND OLD.state <> NEW.state AND
	    NEW.state IN ('submitted', 'resubmitted') AND NOT NEW.paid THEN
		SIGNAL SQLSTATE '42000' SET MYSQL_ERRNO = 1142,
		    MESSAGE_TEXT = 'UPDATE command denied: it is not paid';
	END IF;
END$$

CREATE TRIGGER issue_charged BEFORE INSERT ON certificate_issue FOR EACH ROW
BEGIN
	IF program_name() IS NOT NULL AND NOT (charged(NEW.application_id) AND
	    EXISTS (SELECT 1 FROM certificate c JOIN application a ON a.id = c.application_id
	    WHERE c.number = NEW.number AND a.id = NEW.application_id AND a.state = 'approved')) THEN
		SIGNAL SQLSTATE '42000' SET MYSQL_ERRNO = 1142,
		    MESSAGE_TEXT = 'INSERT command denied: not approved, numbered and charged';
	END IF;
END$$
DELIMITER ;
