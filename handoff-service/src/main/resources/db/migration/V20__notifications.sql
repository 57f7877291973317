-- Who wants to hear of what, elsewhere.
CREATE TABLE subscription (
  subscription_id  uuid PRIMARY KEY,
  url              text NOT NULL,
  format           text NOT NULL CHECK (format IN ('standard', 'slack')),
  events           text[] NOT NULL,
  owned_by         text NOT NULL,
  created_at       timestamptz NOT NULL,
  failing_since    timestamptz,
  disabled_at      timestamptz,
  disabled_because text,
  removed_at       timestamptz
);

-- What signs. Sealed by the installation's key; the one without an end is the newest.
CREATE TABLE subscription_secret (
  subscription_id uuid NOT NULL REFERENCES subscription ON DELETE CASCADE,
  number          integer NOT NULL,
  sealed          bytea NOT NULL,
  ends_at         timestamptz,
  PRIMARY KEY (subscription_id, number)
);

-- One notice owed to one subscription, written in the transaction of its fact.
CREATE TABLE delivery (
  number          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  subscription_id uuid NOT NULL REFERENCES subscription,
  webhook_id      uuid NOT NULL,
  type            text NOT NULL,
  occurred_at     timestamptz NOT NULL,
  data            text NOT NULL, -- JSON: the same bytes at every attempt
  state           text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'delivered', 'failed')),
  attempts        integer NOT NULL DEFAULT 0, -- all there ever were
  tried           integer NOT NULL DEFAULT 0, -- since it was last asked for
  claimed         boolean NOT NULL DEFAULT false,
  due_at          timestamptz NOT NULL DEFAULT clock_timestamp(), -- while claimed: when the lease ends
  created_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  settled_at      timestamptz
);

CREATE INDEX delivery_due ON delivery (subscription_id, due_at, number) WHERE state = 'pending';
CREATE INDEX delivery_of ON delivery (subscription_id, number);
CREATE INDEX delivery_settled ON delivery (settled_at) WHERE state <> 'pending';

CREATE TABLE delivery_attempt (
  number     bigint NOT NULL REFERENCES delivery ON DELETE CASCADE,
  attempt    integer NOT NULL,
  started_at timestamptz NOT NULL,
  millis     bigint NOT NULL,
  status     integer,
  error      text,
  excerpt    text,
  PRIMARY KEY (number, attempt)
);
