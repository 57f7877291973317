-- What is done about a breach as long as it stands, step by step.
CREATE TABLE escalation (
  breach_id uuid NOT NULL REFERENCES breach ON DELETE CASCADE,
  rung      integer NOT NULL,
  at        timestamptz NOT NULL,
  whom      text, -- who is told; null: the handoff goes to another seller
  taken_at  timestamptz,
  PRIMARY KEY (breach_id, rung)
);

CREATE INDEX escalation_due ON escalation (at) WHERE taken_at IS NULL;
