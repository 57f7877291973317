CREATE TABLE handoff (
  handoff_id      uuid PRIMARY KEY,
  lead_id         uuid NOT NULL,
  pass_id         uuid NOT NULL UNIQUE,
  qualified_at    timestamptz NOT NULL,
  charter_version integer NOT NULL,
  revision        bigint NOT NULL,
  state           text NOT NULL CHECK (
    state IN ('unassigned', 'offered', 'accepted', 'qualified', 'rejected', 'returned', 'closed')),
  since           timestamptz NOT NULL,
  seller_id       text,
  team            text,
  offered_at      timestamptz,
  routing         text,
  reason          text,
  note            text,
  until           timestamptz,
  facts           jsonb
) WITH (fillfactor = 80);

CREATE INDEX handoff_by_lead ON handoff (lead_id);
CREATE INDEX handoff_by_seller ON handoff (seller_id, handoff_id);
CREATE INDEX handoff_waiting ON handoff (handoff_id) WHERE state = 'unassigned';
CREATE INDEX handoff_held ON handoff (seller_id) WHERE state IN ('offered', 'accepted');

-- Every step, under the revision it was published with.
CREATE TABLE handoff_step (
  handoff_id  uuid NOT NULL REFERENCES handoff ON DELETE CASCADE,
  revision    bigint NOT NULL,
  step        text NOT NULL,
  occurred_at timestamptz NOT NULL,
  seller_id   text,
  reason      text,
  channel     text,
  result      text,
  routing     text,
  PRIMARY KEY (handoff_id, revision)
);

-- How deals stand, also of leads whose pass is not heard of yet.
CREATE TABLE deal (
  outcome_id  uuid PRIMARY KEY,
  revision    bigint NOT NULL,
  lead_id     uuid NOT NULL,
  pass_id     uuid,
  result      text NOT NULL,
  occurred_at timestamptz NOT NULL
);

CREATE INDEX deal_by_lead ON deal (lead_id);
