-- What sellers did in their CRM, also about leads whose pass is not heard of yet.
CREATE TABLE sales_step (
  step_id     uuid        PRIMARY KEY,
  revision    bigint      NOT NULL,
  lead_id     uuid        NOT NULL,
  occurred_at timestamptz NOT NULL,
  name        text        NOT NULL, -- the CRM's own id, empty where it has none
  step        text        NOT NULL,
  channel     text,
  seller_id   text,
  reason      text,
  handoff_id  uuid,                 -- whose it was when something was said of it last
  taken       boolean               -- what was said: it was possible; null: nothing yet
);
CREATE INDEX sales_step_of_lead ON sales_step (lead_id);

ALTER TABLE handoff_step
  ADD COLUMN team text,
  ADD COLUMN sales_step uuid; -- the CRM's step it comes from
