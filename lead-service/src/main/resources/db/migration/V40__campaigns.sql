-- The shared calendar: what marketing plans, what sales says of it, what it costs.
ALTER TABLE campaign
  ADD COLUMN name            text,
  ADD COLUMN offer           text,
  ADD COLUMN message         text,
  ADD COLUMN audience        text,
  ADD COLUMN owner           text,
  ADD COLUMN channel         text,
  ADD COLUMN source          text,
  ADD COLUMN starts_on       date,
  ADD COLUMN ends_on         date, -- inclusive
  ADD COLUMN assets          text[] NOT NULL DEFAULT '{}',
  ADD COLUMN personas        text[] NOT NULL DEFAULT '{}',
  ADD COLUMN announced_at    timestamptz,
  ADD COLUMN announced_under int,
  -- where the reviews that still hold leave it; null: nobody reviewed it
  ADD COLUMN review          text CHECK (review IN ('in-review', 'approved', 'rejected'));
CREATE INDEX campaign_calendar ON campaign ((coalesce(starts_on, 'infinity'::date)), id);

CREATE TABLE campaign_review (
  review_id   uuid        PRIMARY KEY,
  campaign_id text        NOT NULL REFERENCES campaign,
  occurred_at timestamptz NOT NULL,
  verdict     text        NOT NULL CHECK (verdict IN ('approved', 'rejected', 'commented')),
  comment     text,
  reviewer    text        NOT NULL, -- the key's id
  role        text        NOT NULL,
  holds       boolean     NOT NULL DEFAULT true
);
CREATE INDEX campaign_review_of ON campaign_review (campaign_id, review_id);

-- Nothing is deleted: an amount of 0 takes one back.
CREATE TABLE campaign_spend (
  campaign_id text    NOT NULL REFERENCES campaign,
  day         date    NOT NULL,
  kind        text    NOT NULL CHECK (kind IN ('media', 'other')),
  currency    text    NOT NULL,
  amount      numeric NOT NULL,
  PRIMARY KEY (campaign_id, day, kind, currency)
);
