CREATE TABLE delivery (
  connector_id text        NOT NULL,
  number       bigint      GENERATED ALWAYS AS IDENTITY,
  -- recognises the same delivery when it comes again
  told_as      uuid        NOT NULL,
  received_at  timestamptz NOT NULL DEFAULT now(),
  content_type text        NOT NULL,
  body         bytea       NOT NULL,
  state        text        NOT NULL DEFAULT 'received',
  -- when it is to be read; null when it was
  due_at       timestamptz DEFAULT now(),
  version      int,
  read_at      timestamptz,
  -- what became of its elements, as JSON
  elements     text        NOT NULL DEFAULT '[]',
  PRIMARY KEY (connector_id, number),
  UNIQUE (connector_id, told_as)
) WITH (fillfactor = 80);
CREATE INDEX delivery_received ON delivery (received_at);
CREATE INDEX delivery_due ON delivery (due_at) WHERE due_at IS NOT NULL;
