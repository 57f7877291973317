-- What people wrote about a lead: personal data, never published.
CREATE TABLE comment (
  comment_id  uuid        PRIMARY KEY,
  lead_id     uuid        NOT NULL,
  role        text        NOT NULL,
  key_id      text        NOT NULL,
  seller_id   text,
  text        text        NOT NULL,
  occurred_at timestamptz NOT NULL
);
CREATE INDEX comment_of_lead ON comment (lead_id, comment_id);
