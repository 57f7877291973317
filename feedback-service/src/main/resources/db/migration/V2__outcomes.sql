CREATE TABLE outcome (
  outcome_id      uuid        PRIMARY KEY,
  revision        bigint      NOT NULL,
  told_kind       text        NOT NULL, -- the lead's name, as it was told
  told_system     text        NOT NULL,
  told_id         text        NOT NULL,
  result          text        NOT NULL,
  amount          numeric,
  currency        text,
  expected_close  date,
  reason          text,
  seller_id       text,
  external_system text,
  external_id     text,
  occurred_at     timestamptz NOT NULL,
  dated           boolean     NOT NULL, -- the teller said when; else the time of telling stands in
  charter_version int         NOT NULL,
  lead_id         uuid,                 -- null: unmatched
  pass_id         uuid
);
CREATE INDEX outcome_waiting ON outcome (told_kind, told_system, told_id) WHERE lead_id IS NULL;
CREATE INDEX outcome_unmatched ON outcome (outcome_id) WHERE lead_id IS NULL;
CREATE INDEX outcome_of_lead ON outcome (lead_id, outcome_id);
CREATE INDEX outcome_of_seller ON outcome (seller_id, outcome_id);

-- What other systems call an outcome. Whoever inserts the name first makes the outcome; all others correct it.
CREATE TABLE outcome_name (
  system     text NOT NULL,
  id         text NOT NULL,
  outcome_id uuid NOT NULL,
  PRIMARY KEY (system, id)
);
