-- The hour in which a key was used last at this service.
CREATE TABLE key_use (
  key_id  text        PRIMARY KEY,
  last_at timestamptz NOT NULL
);
