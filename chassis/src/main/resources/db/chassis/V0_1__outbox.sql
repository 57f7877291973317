-- One row per event that was committed and is not yet on Kafka; the relay deletes what the broker acknowledged.
CREATE TABLE outbox (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  event_id    uuid        NOT NULL,
  topic       text        NOT NULL,
  key         text        NOT NULL,
  sequence    bigint      NOT NULL,
  occurred_at timestamptz NOT NULL,
  traceparent text,
  payload     bytea -- null: a tombstone
) WITH (
  -- Every row is inserted once and deleted soon after: vacuum often and at full speed, by churn alone.
  autovacuum_vacuum_threshold = 2000,
  autovacuum_vacuum_scale_factor = 0,
  autovacuum_vacuum_insert_threshold = -1,
  autovacuum_analyze_threshold = 2000000000,
  autovacuum_vacuum_cost_delay = 0,
  toast.autovacuum_vacuum_threshold = 2000,
  toast.autovacuum_vacuum_scale_factor = 0,
  toast.autovacuum_vacuum_cost_delay = 0
);
-- Payloads are small and short-lived: keep them in line as they are, rather than spend time compressing.
ALTER TABLE outbox ALTER COLUMN payload SET STORAGE EXTERNAL;

-- The last ce_sequence of each key. Locking its row is what orders one key's events.
CREATE TABLE event_sequence (
  key  text   PRIMARY KEY,
  last bigint NOT NULL
) WITH (fillfactor = 80);
