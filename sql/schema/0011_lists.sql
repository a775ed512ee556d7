-- What people see first is found by an index, in its order, however long the history is: an office's and
-- an agency's certificates, a firm's applications in a state, what an office did in the last days.

ALTER TABLE application ADD KEY (iec, state, id), ADD KEY (updated_at, office_id);
ALTER TABLE certificate ADD KEY (office_id, id), ADD KEY (agency, id);
