-- What visitors did whom nobody knows yet, under each of their ids: a touch of whoever turns out to go by one of these.
CREATE TABLE visit (
  visitor      uuid        NOT NULL, -- as in lead_identity
  told_as      uuid        NOT NULL,
  connector_id text        NOT NULL,
  kept_at      timestamptz NOT NULL DEFAULT now(),
  content      text        NOT NULL, -- JSON: the visitor's ids, and the touch
  PRIMARY KEY (visitor, told_as)
);
CREATE INDEX visit_told_as ON visit (told_as);
CREATE INDEX visit_kept ON visit (kept_at);
