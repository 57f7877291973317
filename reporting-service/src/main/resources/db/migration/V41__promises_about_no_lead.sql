-- When promises about no lead were due, and what became of those that were broken. What was folded before
-- this was there is folded again, by the same rise of the rules as the notes.
ALTER TABLE period_verdict_0
  ADD COLUMN revision bigint NOT NULL DEFAULT 1,
  ADD COLUMN excused boolean NOT NULL DEFAULT false,
  ADD COLUMN due_at timestamptz;
ALTER TABLE period_verdict_1
  ADD COLUMN revision bigint NOT NULL DEFAULT 1,
  ADD COLUMN excused boolean NOT NULL DEFAULT false,
  ADD COLUMN due_at timestamptz;
