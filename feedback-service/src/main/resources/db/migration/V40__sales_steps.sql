CREATE TABLE sales_step (
  step_id         uuid        PRIMARY KEY,
  revision        bigint      NOT NULL,
  told_kind       text        NOT NULL, -- the lead's name, as it was told
  told_system     text        NOT NULL,
  told_id         text        NOT NULL,
  step            text        NOT NULL,
  channel         text,
  seller_id       text,
  reason          text,
  external_system text,
  external_id     text,
  occurred_at     timestamptz NOT NULL,
  dated           boolean     NOT NULL, -- the teller said when; else the time of telling stands in
  charter_version int         NOT NULL,
  lead_id         uuid                  -- null: unmatched
);
-- Whoever inserts a name first makes the step; all others correct it.
CREATE UNIQUE INDEX sales_step_named ON sales_step (external_system, external_id);
CREATE INDEX sales_step_waiting ON sales_step (told_kind, told_system, told_id) WHERE lead_id IS NULL;
CREATE INDEX sales_step_unmatched ON sales_step (step_id) WHERE lead_id IS NULL;
CREATE INDEX sales_step_of_lead ON sales_step (lead_id, step_id);
CREATE INDEX sales_step_of_seller ON sales_step (seller_id, step_id);
