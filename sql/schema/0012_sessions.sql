-- Whose session it is, and that it was used: one call a request, at most one write a minute.
-- Ask it in a FROM: in a WHERE it would be asked for each row.
-- The write comes first: two requests at once would otherwise each have read what the other changes.
-- session_person() and session_seen() serve the programs that still run while this is applied.

DELIMITER $$
CREATE FUNCTION session_use(token BINARY(32)) RETURNS BIGINT
	MODIFIES SQL DATA SQL SECURITY DEFINER
BEGIN
	UPDATE session SET seen_at = UTC_TIMESTAMP(3) WHERE token_hash = token
	    AND expires_at > UTC_TIMESTAMP(3) AND seen_at > UTC_TIMESTAMP(3) - INTERVAL 60 MINUTE
	    AND seen_at < UTC_TIMESTAMP(3) - INTERVAL 1 MINUTE;
	RETURN (SELECT person_id FROM session WHERE token_hash = token
	    AND expires_at > UTC_TIMESTAMP(3) AND seen_at > UTC_TIMESTAMP(3) - INTERVAL 60 MINUTE);
END$$
DELIMITER ;
