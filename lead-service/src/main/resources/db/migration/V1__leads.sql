-- One row per lead: where it stands, and what is known of it without knowing who it is.
-- Its lock is what orders the lead's events; sequence is that of the last one.
-- facts is JSON that only this service reads, whole: as text it costs a third of what jsonb does to write.
CREATE TABLE lead (
  id           uuid        PRIMARY KEY,
  revision     bigint      NOT NULL,
  sequence     bigint      NOT NULL,
  updated_at   timestamptz NOT NULL,
  stage        text        NOT NULL,
  pass_id      uuid,
  pass_number  int,
  qualified_at timestamptz,
  pass_open    boolean,
  touch_id     uuid        NOT NULL,
  touch_kind   text        NOT NULL,
  touch_asset  text,
  captured_at  timestamptz NOT NULL,
  told_as      uuid,
  source       text,
  campaign_id  text,
  facts        text        NOT NULL
) WITH (fillfactor = 90);
CREATE INDEX lead_updated ON lead (updated_at, id);
CREATE INDEX lead_source ON lead (source, id);
CREATE INDEX lead_campaign ON lead (campaign_id, id) WHERE campaign_id IS NOT NULL;
CREATE INDEX lead_stage ON lead (stage, id) WHERE stage <> 'captured';

-- The only table that says who a lead is; leads of whom nothing personal is known have no row.
CREATE TABLE lead_contact (
  lead_id      uuid PRIMARY KEY,
  name         text,
  first_name   text,
  last_name    text,
  email        text,
  phone        text,
  company_name text,
  attributes   text
) WITH (fillfactor = 90);
CREATE INDEX lead_contact_name ON lead_contact
  (lower(coalesce(name, first_name || ' ' || last_name, last_name, first_name)) text_pattern_ops, lead_id);
CREATE INDEX lead_contact_last_name ON lead_contact (lower(last_name) text_pattern_ops, lead_id)
  WHERE last_name IS NOT NULL;

-- By what a lead is recognised: a digest of an e-mail address, a phone number, an external id, a touch's external id.
CREATE TABLE lead_identity (
  key     uuid PRIMARY KEY,
  lead_id uuid NOT NULL
);

-- Interactions after the first, which stands in the lead's own row. A lead's touches lie together.
CREATE TABLE touch (
  lead_id     uuid        NOT NULL,
  id          uuid        NOT NULL,
  occurred_at timestamptz NOT NULL,
  kind        text        NOT NULL,
  asset       text,
  source      text,
  medium      text,
  channel     text        NOT NULL,
  campaign_id text,
  attributes  text,
  told_as     uuid,
  PRIMARY KEY (lead_id, id)
);
CREATE UNIQUE INDEX touch_told_as ON touch (told_as) WHERE told_as IS NOT NULL;

-- Campaigns by the operator's own id. A stub was named by a lead before anybody described it.
CREATE TABLE campaign (
  id         text        PRIMARY KEY,
  revision   bigint      NOT NULL,
  stub       boolean     NOT NULL,
  updated_at timestamptz NOT NULL
);
