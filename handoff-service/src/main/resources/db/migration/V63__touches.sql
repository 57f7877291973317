-- What leads did lately, for the brief. None of it is personal data.
CREATE TABLE touch (
  lead_id  uuid NOT NULL,
  touch_id uuid NOT NULL,
  kind     text NOT NULL,
  at       timestamptz NOT NULL,
  PRIMARY KEY (lead_id, touch_id)
);
CREATE INDEX touch_of_age ON touch (at);
