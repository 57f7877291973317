CREATE TABLE content_request (
  request_id      uuid        PRIMARY KEY,
  revision        bigint      NOT NULL,
  state           text        NOT NULL,
  since           timestamptz NOT NULL,
  charter_version int         NOT NULL,
  requested_at    timestamptz NOT NULL,
  objection       text,
  pain_point      text,
  persona         text,
  note            text,                 -- free text, never published
  reply           text,                 -- free text, never published
  seller_id       text
);
CREATE INDEX content_request_open ON content_request (request_id) WHERE state IN ('requested', 'accepted');
