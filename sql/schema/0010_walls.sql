-- What grants cannot tell: which rows, and from what to what.  A program is known by the account that
-- connects, ecoo_PROGRAM; the operator and migrations are not meant.

DELIMITER $$

-- The program that asks, or nobody.
CREATE FUNCTION program_name() RETURNS VARCHAR(40) CHARACTER SET ascii
	NO SQL SQL SECURITY INVOKER
	RETURN IF(USER() LIKE 'ecoo\_%', SUBSTRING(SUBSTRING_INDEX(USER(), '@', 1), 6), NULL)$$

-- A chain of the audit is written by its own program alone: writer is PROGRAM/THREAD.
CREATE TRIGGER audit_writer BEFORE INSERT ON audit FOR EACH ROW
BEGIN
	IF program_name() <> SUBSTRING_INDEX(NEW.writer, '/', 1) THEN
		SIGNAL SQLSTATE '42000' SET MYSQL_ERRNO = 1142,
		    MESSAGE_TEXT = 'INSERT command denied: the audit chain of another program';
	END IF;
END$$

-- An application begins as a draft.
CREATE TRIGGER application_begins BEFORE INSERT ON application FOR EACH ROW
BEGIN
	IF program_name() IS NOT NULL AND (NEW.state <> 'draft' OR NEW.paid OR NEW.number IS NOT NULL
	    OR NEW.submitted_at IS NOT NULL OR NEW.approved_at IS NOT NULL) THEN
		SIGNAL SQLSTATE '42000' SET MYSQL_ERRNO = 1142,
		    MESSAGE_TEXT = 'INSERT command denied: an application begins as a draft';
	END IF;
END$$

-- Each program makes its own moves (modules/rules/state.c), and what was submitted stays as it was signed.
CREATE TRIGGER application_moves BEFORE UPDATE ON application FOR EACH ROW
BEGIN
	IF OLD.state <> NEW.state AND program_name() IS NOT NULL AND
	    CONCAT_WS(' ', program_name(), OLD.state, NEW.state) NOT IN (
		'application draft sign_pending', 'application draft withdrawn',
		'application sign_pending draft', 'application sign_pending payment_pending',
		'application sign_pending submitted', 'application sign_pending query',
		'application sign_pending resubmitted', 'application sign_pending withdrawn',
		'application payment_pending draft', 'application payment_pending withdrawn',
		'application submitted withdrawn',
		'application query sign_pending', 'application query resubmitted',
		'payment payment_pending submitted',
		'review submitted under_review', 'review resubmitted under_review',
		'review under_review query', 'review under_review rejected',
		'review under_review approved', 'review approved query',
		'certificate approved issued', 'certificate issued cancelled') THEN
		SIGNAL SQLSTATE '42000' SET MYSQL_ERRNO = 1142,
		    MESSAGE_TEXT = 'UPDATE command denied: this move is not of this program';
	END IF;
	IF OLD.state NOT IN ('draft', 'query', 'sign_pending', 'payment_pending') AND
	    program_name() IS NOT NULL AND NOT (BINARY OLD.content <=> BINARY NEW.content AND
	    BINARY OLD.exporter <=> BINARY NEW.exporter AND
	    BINARY OLD.signed_text <=> BINARY NEW.signed_text AND
	    OLD.signed_sha256 <=> NEW.signed_sha256 AND OLD.signature_id <=> NEW.signature_id) THEN
		SIGNAL SQLSTATE '42000' SET MYSQL_ERRNO = 1142,
		    MESSAGE_TEXT = 'UPDATE command denied: it is submitted';
	END IF;
END$$
DELIMITER ;
