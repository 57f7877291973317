-- Keys minted here. The secret is not among it: only its HMAC under the installation's pepper.
CREATE TABLE access_key (
  key_id      text PRIMARY KEY,
  secret_hash text NOT NULL,
  role        text NOT NULL,
  seller_id   text,
  source      text,
  created_at  timestamptz NOT NULL,
  expires_at  timestamptz,
  revoked_at  timestamptz
);
