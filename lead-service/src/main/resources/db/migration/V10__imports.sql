-- Mappings that operators keep by name, as JSON.
CREATE TABLE saved_mapping (
  name     text        PRIMARY KEY,
  mapping  text        NOT NULL,
  saved_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE lead_import (
  -- its time and its end stand in the ids of the leads and touches that its rows make
  id            uuid        PRIMARY KEY,
  state         text        NOT NULL,
  key_id        text        NOT NULL,
  -- where the key captures for one source only
  source        text,
  file          text,
  mapping_name  text,
  -- as it was when the file came, as JSON
  mapping       text        NOT NULL,
  -- how the file is written, as JSON
  dialect       text        NOT NULL,
  -- what its header says, as JSON
  columns       text        NOT NULL,
  received_at   timestamptz NOT NULL,
  bytes         bigint      NOT NULL DEFAULT 0,
  started_at    timestamptz,
  finished_at   timestamptz,
  problem       text,
  rows          bigint      NOT NULL DEFAULT 0,
  bytes_read    bigint      NOT NULL DEFAULT 0,
  fresh         bigint      NOT NULL DEFAULT 0,
  recognised    bigint      NOT NULL DEFAULT 0,
  unchanged     bigint      NOT NULL DEFAULT 0,
  rejected      bigint      NOT NULL DEFAULT 0,
  -- undoing goes through its leads by id and is here
  undone_to     uuid,
  retracted     bigint      NOT NULL DEFAULT 0,
  kept          bigint      NOT NULL DEFAULT 0,
  -- who works on it, until when nobody else does, and since when with how many rows done
  worker        uuid,
  lease_until   timestamptz,
  taken_at      timestamptz,
  rows_at_taken bigint      NOT NULL DEFAULT 0,
  progressed_at timestamptz
) WITH (fillfactor = 50);
CREATE INDEX lead_import_open ON lead_import (id) WHERE state IN ('waiting', 'running', 'undoing');

-- The file as it came, until it is worked off.
CREATE TABLE import_chunk (
  import_id uuid  NOT NULL REFERENCES lead_import ON DELETE CASCADE,
  number    int   NOT NULL,
  bytes     bytea NOT NULL,
  PRIMARY KEY (import_id, number)
);
ALTER TABLE import_chunk ALTER COLUMN bytes SET STORAGE EXTERNAL;

-- Rows that were refused: why, and their cells, both as JSON.
CREATE TABLE import_reject (
  import_id uuid   NOT NULL REFERENCES lead_import ON DELETE CASCADE,
  line      bigint NOT NULL,
  reasons   text   NOT NULL,
  cells     text   NOT NULL,
  PRIMARY KEY (import_id, line)
);

-- What became of the leads of an import that was undone.
CREATE TABLE import_undone (
  import_id uuid    NOT NULL REFERENCES lead_import ON DELETE CASCADE,
  lead_id   uuid    NOT NULL,
  retracted boolean NOT NULL,
  PRIMARY KEY (import_id, lead_id)
);

-- Whoever goes takes their identities along.
CREATE INDEX IF NOT EXISTS lead_identity_lead ON lead_identity (lead_id);
