-- Each setting up of a tool that sends here; the highest version holds.
CREATE TABLE connector (
  connector_id text        NOT NULL,
  version      int         NOT NULL,
  kind         text        NOT NULL,
  hidden       bytea       NOT NULL, -- secrets and tokens as JSON, sealed for the connector
  settings     text        NOT NULL, -- everything else, as JSON
  set_up_at    timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (connector_id, version)
);
