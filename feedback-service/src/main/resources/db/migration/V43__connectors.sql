-- What was delivered, as it came: personal data, forgotten after 30 days.
CREATE TABLE delivery (
  number       bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  connector_id text        NOT NULL,
  told_as      uuid        NOT NULL, -- recognises the same delivery when it comes again
  received_at  timestamptz NOT NULL DEFAULT now(),
  body         bytea       NOT NULL,
  state        text        NOT NULL DEFAULT 'received',
  taken_at     timestamptz NOT NULL DEFAULT now(), -- by who reads it now
  version      int,
  read_at      timestamptz,
  elements     text        NOT NULL DEFAULT '[]', -- what became of them, as JSON
  told         uuid[]      NOT NULL DEFAULT '{}', -- the outcomes and steps among them
  UNIQUE (connector_id, told_as)
);
CREATE INDEX delivery_of_connector ON delivery (connector_id, number);
CREATE INDEX delivery_of_told ON delivery USING gin (told);
CREATE INDEX delivery_received ON delivery (received_at);
CREATE INDEX delivery_unread ON delivery (taken_at) WHERE state = 'received';

-- What a CRM ever said of a deal, as JSON.
CREATE TABLE crm_deal (
  connector_id text NOT NULL,
  deal_id      text NOT NULL,
  said         text NOT NULL,
  PRIMARY KEY (connector_id, deal_id)
);

-- When something that tells no time was heard of first.
CREATE TABLE crm_first (
  connector_id text        NOT NULL,
  name         text        NOT NULL,
  at           timestamptz NOT NULL,
  PRIMARY KEY (connector_id, name)
);
