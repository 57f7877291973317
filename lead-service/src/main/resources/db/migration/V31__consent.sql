-- What leads agreed to and withdrew, each time with its evidence; how each purpose stands is among the lead's facts.
CREATE TABLE consent (
  lead_id  uuid        NOT NULL,
  purpose  text        NOT NULL,
  at       timestamptz NOT NULL,
  given    boolean     NOT NULL,
  wording  text,
  version  text,
  source   text,
  heard_at timestamptz NOT NULL,
  PRIMARY KEY (lead_id, purpose, at, given)
);
