-- Numbers that a late or corrected fact changed after a report could have told them. What each came to is
-- not kept: it is what reports say now, without what changed it afterwards.
CREATE TABLE restatement (
  restatement_id bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  heard_at       timestamptz NOT NULL,
  day            date        NOT NULL, -- in the zone of the charter that was in force when it was heard
  metric         text        NOT NULL,
  label          text        NOT NULL, -- a currency, reason, clause, rating or channel, or empty
  origin         uuid,                 -- keys.id of source, medium, channel and campaign
  amount         numeric     NOT NULL, -- by how much
  leads          int         NOT NULL,
  event_type     text,                 -- null where many leads changed it together
  event_id       uuid,
  revision       bigint,
  lead_id        uuid,
  occurred_at    timestamptz
);
CREATE INDEX restatement_of_number ON restatement (day, metric, label, origin, restatement_id);
CREATE INDEX restatement_heard ON restatement (heard_at);
