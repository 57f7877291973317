-- Handoffs about which a transaction passed a verdict: the inbox's stream tells these too. A row for
-- a transaction, however many it judged; ids are random, so that compressing them would be in vain.
CREATE TABLE handoff_judged (
  xact        xid8   NOT NULL DEFAULT pg_current_xact_id(),
  handoff_ids uuid[] NOT NULL
);
ALTER TABLE handoff_judged ALTER COLUMN handoff_ids SET STORAGE EXTERNAL;
CREATE INDEX handoff_judged_by_transaction ON handoff_judged (xact);
