-- What other services said of leads, as it was heard.
CREATE TABLE heard_fact (
  lead_id  uuid        NOT NULL,
  at       timestamptz NOT NULL,
  event_id uuid        NOT NULL,
  topic    text        NOT NULL,
  fact     text        NOT NULL, -- JSON of the event
  PRIMARY KEY (lead_id, at, event_id)
);
