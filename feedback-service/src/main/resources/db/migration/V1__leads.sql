-- Every name a lead goes by: its id, the ids other systems know it by, its handoffs.
-- A null lead_id is a name somebody asked for before the lead was heard of. Asking and learning meet on
-- this row, so that neither can miss the other.
CREATE TABLE lead_name (
  kind    text NOT NULL, -- lead, external, handoff
  system  text NOT NULL, -- empty unless external
  id      text NOT NULL,
  lead_id uuid,
  PRIMARY KEY (kind, system, id)
);

CREATE TABLE pass (
  pass_id      uuid        PRIMARY KEY,
  lead_id      uuid        NOT NULL,
  qualified_at timestamptz NOT NULL
);
CREATE INDEX pass_of_lead ON pass (lead_id, qualified_at, pass_id);

CREATE TABLE handoff (
  handoff_id uuid   PRIMARY KEY,
  lead_id    uuid   NOT NULL,
  pass_id    uuid   NOT NULL,
  seller_id  text,
  revision   bigint NOT NULL
);
CREATE INDEX handoff_of_lead ON handoff (lead_id);
