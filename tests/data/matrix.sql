-- Who may send what, asked of the server itself: a procedure per program runs with its account's rights,
-- so one session can take a grant away, prepare the program's statements, and give it back.
-- Filled by grants.sh: account (program, schema_name), statement (program, owner's number, text).

CREATE TABLE probe.account (program VARCHAR(20) PRIMARY KEY, home VARCHAR(20) NOT NULL);
CREATE TABLE probe.statement (owner VARCHAR(20), n INT, text LONGTEXT, PRIMARY KEY (owner, n));
CREATE TABLE probe.answer (asker VARCHAR(20), owner VARCHAR(20), n INT, answer VARCHAR(8));
CREATE TABLE probe.grants (program VARCHAR(20), thing VARCHAR(64), give TEXT, take TEXT,
	needed BOOLEAN DEFAULT FALSE);

DELIMITER $$
-- Make HOME.try_PROGRAM(text, answer): yes, denied, or wrong.
CREATE PROCEDURE probe.make_try(p VARCHAR(20), home VARCHAR(20))
BEGIN
	INSERT INTO probe.account VALUES (p, home);
	EXECUTE IMMEDIATE CONCAT('CREATE DEFINER = ecoo_', p, '@localhost PROCEDURE ', home, '.try_', p,
	    '(t LONGTEXT, OUT answer VARCHAR(8))
	BEGIN
		DECLARE e INT;
		DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN
			GET DIAGNOSTICS CONDITION 1 e = MYSQL_ERRNO;
			SET answer = IF(e IN (1044, 1142, 1143, 1227, 1370), ''denied'', CONCAT(''E'', e));
		END;
		SET answer = ''yes'';
		PREPARE s FROM t;
		DEALLOCATE PREPARE s;
	END');
	EXECUTE IMMEDIATE CONCAT('GRANT EXECUTE ON PROCEDURE ', home, '.try_', p, ' TO ecoo_', p,
	    '@localhost');
END$$

CREATE PROCEDURE probe.ask(p VARCHAR(20), home VARCHAR(20), t LONGTEXT, OUT answer VARCHAR(8))
BEGIN
	SET @text = t;
	EXECUTE IMMEDIATE CONCAT('CALL ', home, '.try_', p, '(@text, @answer)');
	SET answer = @answer;
END$$

-- Every statement under every account.
CREATE PROCEDURE probe.ask_all()
	FOR a IN (SELECT program, home FROM probe.account) DO
		FOR s IN (SELECT owner, n, text FROM probe.statement) DO
			CALL probe.ask(a.program, a.home, s.text, @it);
			INSERT INTO probe.answer VALUES (a.program, s.owner, s.n, @it);
		END FOR;
	END FOR$$

-- Every single right of every account, as the statements that give it and take it.
CREATE PROCEDURE probe.list_grants()
BEGIN
	INSERT INTO probe.grants (program, thing, give, take)
	SELECT a.program, r.thing, CONCAT('GRANT ', r.what, ' TO ', r.who), CONCAT('REVOKE ', r.what, ' FROM ', r.who)
	FROM probe.account a JOIN (
		SELECT GRANTEE AS who, CONCAT(PRIVILEGE_TYPE, ' ON ', TABLE_SCHEMA, '.', TABLE_NAME) AS what,
		    TABLE_NAME AS thing
		FROM information_schema.TABLE_PRIVILEGES
		UNION ALL
		SELECT GRANTEE, CONCAT(PRIVILEGE_TYPE, ' (', COLUMN_NAME, ') ON ', TABLE_SCHEMA, '.', TABLE_NAME), TABLE_NAME
		FROM information_schema.COLUMN_PRIVILEGES
		UNION ALL
		SELECT CONCAT('''', User, '''@''', Host, ''''),
		    CONCAT(Proc_priv, ' ON ', Routine_type, ' ', Db, '.', Routine_name), Routine_name
		FROM mysql.procs_priv WHERE Routine_name NOT LIKE 'try\_%'
	) r ON r.who = CONCAT('''ecoo_', a.program, '''@''localhost''');
END$$

-- Which of them some statement of the program needs.
CREATE PROCEDURE probe.weigh()
	FOR g IN (SELECT g.program, a.home, g.thing, g.give, g.take FROM probe.grants g
	    JOIN probe.account a USING (program)) DO
		EXECUTE IMMEDIATE g.take;
		SET @needed = FALSE;
		FOR s IN (SELECT text FROM probe.statement WHERE owner = g.program
		    AND LOCATE(g.thing, text) > 0) DO
			IF NOT @needed THEN
				CALL probe.ask(g.program, g.home, s.text, @it);
				SET @needed = @it <> 'yes';
			END IF;
		END FOR;
		UPDATE probe.grants SET needed = @needed WHERE program = g.program AND give = g.give;
		EXECUTE IMMEDIATE g.give;
	END FOR$$
DELIMITER ;
