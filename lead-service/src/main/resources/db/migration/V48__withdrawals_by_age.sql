-- What people withdrew who never appeared is forgotten by its age.
CREATE INDEX withdrawal_by_age ON withdrawal (heard_at);
