-- Which leads are one, and which were: a merge that was undone stays, undone for ever.
CREATE TABLE merge (
  id        uuid        PRIMARY KEY,
  survivor  uuid        NOT NULL,
  absorbed  uuid        NOT NULL,
  reason    text        NOT NULL,
  merged_at timestamptz NOT NULL,
  undone_at timestamptz
);
CREATE INDEX merge_survivor ON merge (survivor);
CREATE INDEX merge_absorbed ON merge (absorbed);
CREATE UNIQUE INDEX merge_absorbed_once ON merge (absorbed) WHERE undone_at IS NULL;

-- Under whom a lead counts: itself, of one that absorbed others; null of one that is in no merge.
-- Identities and touches stay with the lead they came for.
ALTER TABLE lead ADD COLUMN survivor_id uuid;
CREATE INDEX lead_survivor ON lead (survivor_id) WHERE survivor_id IS NOT NULL;

-- Leads that one sender named as one person. The lower id stands first.
CREATE TABLE likeness (
  lead_id  uuid        NOT NULL,
  other_id uuid        NOT NULL,
  because  text        NOT NULL,
  seen_at  timestamptz NOT NULL,
  PRIMARY KEY (lead_id, other_id)
);
CREATE INDEX likeness_other ON likeness (other_id);
