-- Who withdrew what before anybody went by what they were named by: digests as in lead_identity, where
-- such a key belongs to nobody (all zeros) until somebody appears by it. It goes on to hold for what
-- was agreed to before it and is told later. An empty purpose is all of them.
CREATE TABLE withdrawal (
  key      uuid        NOT NULL,
  purpose  text        NOT NULL,
  at       timestamptz NOT NULL,
  source   text        NOT NULL,
  heard_at timestamptz NOT NULL,
  PRIMARY KEY (key, purpose)
);
