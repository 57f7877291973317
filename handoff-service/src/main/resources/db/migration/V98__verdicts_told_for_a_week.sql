-- Who resumes the inbox's stream later than a week after a verdict reads it from the handoff.
ALTER TABLE handoff_judged ADD COLUMN at timestamptz NOT NULL DEFAULT now();
CREATE INDEX handoff_judged_by_time ON handoff_judged USING brin (at);
