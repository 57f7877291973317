-- What was folded before rules' facts were kept is folded again; where nothing was, nothing has to be.
UPDATE fold_state SET live_rules = 8 WHERE NOT EXISTS (SELECT FROM fold_offset);
