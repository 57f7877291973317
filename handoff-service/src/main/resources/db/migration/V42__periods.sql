-- What marketing promised about a period, and what was counted of it so far.
CREATE TABLE period_clock (
  clause_id       text NOT NULL,
  charter_version integer NOT NULL,
  first_day       date NOT NULL,
  due_at          timestamptz NOT NULL,
  state           text NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'met', 'broken', 'cancelled')),
  counted         bigint NOT NULL DEFAULT 0,
  out_of          bigint NOT NULL DEFAULT 0,
  judged_at       timestamptz,
  PRIMARY KEY (clause_id, charter_version, first_day)
);

CREATE INDEX period_clock_due ON period_clock (due_at) WHERE state = 'running';

-- What was decided in a period.
CREATE INDEX handoff_step_decided ON handoff_step (occurred_at)
  WHERE step IN ('accepted', 'deemed-accepted', 'rejected');
