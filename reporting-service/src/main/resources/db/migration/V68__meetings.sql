-- The meeting of both sides. Owners and attendees are ids or short names, never e-mail addresses.
CREATE TABLE meeting_decision (
  decision_id uuid        PRIMARY KEY,
  week        date        NOT NULL, -- its Monday
  text        text        NOT NULL,
  owner       text        NOT NULL,
  due         date        NOT NULL,
  decided_at  timestamptz NOT NULL,
  done_at     timestamptz
);
CREATE INDEX meeting_decision_week ON meeting_decision (week);
CREATE INDEX meeting_decision_open ON meeting_decision (week) WHERE done_at IS NULL;

CREATE TABLE meeting_attendance (
  week      date   PRIMARY KEY,
  marketing text[] NOT NULL,
  sales     text[] NOT NULL
);

-- What people said, as their latest revision has it.
CREATE TABLE objection_heard (
  feedback_id uuid        PRIMARY KEY,
  revision    bigint      NOT NULL,
  occurred_at timestamptz NOT NULL,
  objections  text[]      NOT NULL
);
CREATE INDEX objection_heard_at ON objection_heard (occurred_at);

CREATE TABLE content_wanted (
  request_id uuid   PRIMARY KEY,
  revision   bigint NOT NULL,
  step       text   NOT NULL,
  objection  text   NOT NULL
);

CREATE TABLE breach_disputed (
  breach_id uuid        PRIMARY KEY,
  revision  bigint      NOT NULL,
  clause_id text        NOT NULL,
  owed_by   text        NOT NULL,
  step      text        NOT NULL,
  since     timestamptz NOT NULL
);
CREATE INDEX breach_disputed_since ON breach_disputed (since);
