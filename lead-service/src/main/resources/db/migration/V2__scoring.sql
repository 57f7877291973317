-- How each lead stood at its latest fact, by the charter of that time; null until the first fact after this migration.
ALTER TABLE lead
  ADD COLUMN judged_at         timestamptz,
  ADD COLUMN persona           text,
  ADD COLUMN tier              text,
  ADD COLUMN score             numeric,
  ADD COLUMN said_qualified_at timestamptz,
  ADD COLUMN pass_ended_at     timestamptz,
  -- why the latest pass was opened, as it was published: JSON
  ADD COLUMN pass_frozen       text;
CREATE INDEX lead_persona ON lead (persona, id) WHERE persona IS NOT NULL;

-- The latest touches of each kind, whatever the number of the others.
CREATE INDEX touch_kind ON touch (lead_id, kind, occurred_at DESC, id DESC);
