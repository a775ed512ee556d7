-- The summaries of an office and of a firm are counted in indexes alone: with years of rows behind them,
-- reading each row that is counted from the disk took longer than an answer may.

ALTER TABLE application ADD KEY lately (updated_at, office_id, submitted_at), DROP KEY updated_at,
	ADD KEY firm_lately (iec, updated_at, submitted_at);
ALTER TABLE decision ADD KEY decided (application_id, at);
ALTER TABLE certificate_issue ADD KEY issued (application_id, issued_at);
