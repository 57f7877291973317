-- Which merges were heard of, and under whom each lead counts by those that stand: itself, of one that
-- absorbed others. A lead that is in no group has no row in kin.
CREATE TABLE heard_merge (
  merge_id uuid PRIMARY KEY,
  survivor uuid NOT NULL,
  absorbed uuid NOT NULL,
  undone   bool NOT NULL
);
CREATE INDEX heard_merge_survivor ON heard_merge (survivor);
CREATE INDEX heard_merge_absorbed ON heard_merge (absorbed);

CREATE TABLE kin (
  lead_id     uuid PRIMARY KEY,
  survivor_id uuid NOT NULL
);
CREATE INDEX kin_survivor ON kin (survivor_id);
