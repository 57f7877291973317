CREATE TABLE feedback (
  feedback_id     uuid        PRIMARY KEY,
  told_kind       text        NOT NULL,
  told_system     text        NOT NULL,
  told_id         text        NOT NULL,
  rating          int,
  reasons         text[]      NOT NULL,
  objections      text[]      NOT NULL,
  pain_points     text[]      NOT NULL,
  note            text,                 -- free text, never published
  seller_id       text,
  occurred_at     timestamptz NOT NULL,
  charter_version int         NOT NULL,
  lead_id         uuid                  -- null: unmatched
);
CREATE INDEX feedback_waiting ON feedback (told_kind, told_system, told_id) WHERE lead_id IS NULL;
CREATE INDEX feedback_of_lead ON feedback (lead_id, feedback_id);
