-- What was folded before notes were counted is folded again; where nothing was, nothing has to be.
UPDATE fold_state SET live_rules = 4 WHERE NOT EXISTS (SELECT FROM fold_offset);
