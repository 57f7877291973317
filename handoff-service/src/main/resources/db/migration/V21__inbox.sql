-- The transaction that took the step. Once every transaction before some number has ended, no step
-- can appear below that number any more: that is how far the inbox's stream reads.
ALTER TABLE handoff_step ADD COLUMN xact xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE INDEX handoff_step_by_transaction ON handoff_step (xact, handoff_id, revision);

-- What is worked on is little beside what has ended.
CREATE INDEX handoff_open ON handoff (handoff_id) WHERE state IN ('unassigned', 'offered', 'accepted');
CREATE INDEX handoff_by_team ON handoff (team, handoff_id);
