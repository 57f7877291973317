-- A seller is owed turns by team; '' is the rotation of all sellers.
ALTER TABLE turn
  ADD COLUMN team         text NOT NULL DEFAULT '',
  ADD COLUMN given_back   integer NOT NULL DEFAULT 0, -- turns he gets again: their leads were bad
  ADD COLUMN arrears      double precision NOT NULL DEFAULT 0, -- turns missed while out of office
  ADD COLUMN caught_up    integer NOT NULL DEFAULT 0, -- of them, on the day below
  ADD COLUMN caught_up_on date,
  DROP CONSTRAINT turn_pkey,
  ADD PRIMARY KEY (team, seller_id);

-- Where a handoff goes by the charter it was routed by. Deferred: it is written before its handoff.
CREATE TABLE route (
  handoff_id uuid PRIMARY KEY REFERENCES handoff ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  team       text NOT NULL,
  country    text,
  persona    text,
  rule       text,
  company    text -- the domain its people share
);

-- With whom a company is: who was offered a lead of it last, and did not refuse it.
CREATE TABLE company_owner (
  company    text PRIMARY KEY,
  seller_id  text NOT NULL,
  handoff_id uuid NOT NULL
) WITH (fillfactor = 80);
CREATE INDEX company_owner_by_handoff ON company_owner (handoff_id);
