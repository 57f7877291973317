-- Which events a consumer has seen, for effects that aren't idempotent by themselves.
CREATE TABLE inbox (
  consumer text        NOT NULL,
  event_id uuid        NOT NULL,
  seen_at  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (consumer, event_id)
);

-- Records that could not be read or had no lawful effect, and the later ones of their keys, as they came.
CREATE TABLE parked_record (
  consumer      text        NOT NULL,
  topic         text        NOT NULL,
  partition     int         NOT NULL,
  "offset"      bigint      NOT NULL,
  key           text,
  record_time   timestamptz NOT NULL,
  header_names  text[]      NOT NULL,
  header_values bytea[]     NOT NULL,
  value         bytea,
  reason        text        NOT NULL,
  parked_at     timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (consumer, topic, partition, "offset")
);
CREATE INDEX parked_record_key ON parked_record (consumer, topic, key);
