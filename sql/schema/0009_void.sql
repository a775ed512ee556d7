-- A number is given to an application that was approved.  Where the approval is taken back and the
-- application then rejected or withdrawn, the number is used up without a certificate: void.  The
-- program that ends the application says so through this function and in the same transaction, so
-- that a number is never left as prepared for something that is over.  It can do nothing else to a
-- certificate, and nothing at all while the application is approved.
DELIMITER $$
CREATE FUNCTION certificate_void(application BIGINT) RETURNS VARCHAR(24) CHARACTER SET ascii
	MODIFIES SQL DATA SQL SECURITY DEFINER
BEGIN
	DECLARE used VARCHAR(24) CHARACTER SET ascii DEFAULT NULL;
	DECLARE stands VARCHAR(16) CHARACTER SET ascii DEFAULT NULL;
	SELECT a.state INTO stands FROM application a WHERE a.id = application;
	IF stands IN ('sign_pending', 'under_review') THEN
		SELECT c.number INTO used FROM certificate c
		    WHERE c.application_id = application AND c.state IN ('prepared', 'signing')
		    FOR UPDATE;
		UPDATE certificate c SET c.state = 'void', c.version = c.version + 1,
		    c.signing_by = NULL, c.signing_at = NULL
		    WHERE c.application_id = application AND c.state IN ('prepared', 'signing');
	END IF;
	RETURN used;
END$$
DELIMITER ;

UPDATE certificate c JOIN application a ON a.id = c.application_id
	SET c.state = 'void', c.version = c.version + 1, c.signing_by = NULL, c.signing_at = NULL
	WHERE c.state IN ('prepared', 'signing') AND a.state IN ('rejected', 'withdrawn');
