-- What a lead's mentions of objections are told apart by.
CREATE TABLE lead_profile (
  lead_id    uuid        PRIMARY KEY,
  campaign   text,
  persona    text,                 -- at the first qualification, else at capture
  persona_at timestamptz NOT NULL  -- far in the future while it is capture's
);
CREATE TABLE lead_stage (
  lead_id    uuid        NOT NULL,
  stage      text        NOT NULL, -- mql, sal, sql
  reached_at timestamptz NOT NULL, -- at first
  PRIMARY KEY (lead_id, stage)
);
CREATE INDEX feedback_with_objections ON feedback (occurred_at) WHERE cardinality(objections) > 0;
