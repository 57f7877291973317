-- The answer to a caller's Idempotency-Key on a path, kept for 24 hours in the transaction of its effect.
-- A row without status is a claim whose transaction is still open; nobody else can see it.
CREATE TABLE idempotency (
  caller     text        NOT NULL, -- the API key's id
  path       text        NOT NULL,
  key        text        NOT NULL,
  body_hash  text        NOT NULL, -- SHA-256 of the request's body, hex
  created_at timestamptz NOT NULL,
  status     integer,
  headers    text,                 -- JSON object
  body       bytea,
  PRIMARY KEY (caller, path, key)
) WITH (fillfactor = 90);
CREATE INDEX idempotency_created_at ON idempotency (created_at);
