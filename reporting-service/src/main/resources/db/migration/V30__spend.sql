-- What campaigns cost, as they were said last; a row of amount 0 is not kept.
CREATE TABLE campaign (
  campaign_id text   PRIMARY KEY,
  revision    bigint NOT NULL,
  name        text,
  channel     text,
  source      text
);

CREATE TABLE campaign_spend (
  campaign_id text    NOT NULL REFERENCES campaign ON DELETE CASCADE,
  day         date    NOT NULL,
  kind        text    NOT NULL CHECK (kind IN ('media', 'other')),
  currency    text    NOT NULL,
  amount      numeric NOT NULL,
  PRIMARY KEY (campaign_id, day, kind, currency)
);
CREATE INDEX campaign_spend_day ON campaign_spend (day);
