-- What a clause of the charter promises about one handoff, or one content request, and how that
-- stands. All that is said of one handoff is changed under its row's lock.
CREATE TABLE clock (
  subject_id      uuid NOT NULL,
  clause_id       text NOT NULL,
  charter_version integer NOT NULL,
  state           text NOT NULL CHECK (state IN ('waiting', 'running', 'met', 'broken', 'cancelled')),
  started_at      timestamptz,
  started_by      text,
  restarted       boolean NOT NULL,
  mqls_that_day   integer,
  hours           text,        -- JSON: the seller's own, where they count and he has some
  due_at          timestamptz, -- computed by the time zone rules of clock_rules
  warn_at         timestamptz, -- null once warned
  judged_at       timestamptz,
  settled_at      timestamptz, -- of a broken one: when it was kept after all, or nobody owed it any more
  PRIMARY KEY (subject_id, clause_id)
) WITH (fillfactor = 85);

CREATE INDEX clock_due ON clock (due_at) WHERE state = 'running';
CREATE INDEX clock_warning ON clock (warn_at) WHERE state = 'running' AND warn_at IS NOT NULL;
CREATE INDEX clock_overdue ON clock (subject_id) WHERE state = 'broken' AND settled_at IS NULL;

-- The release of the time zone database that open deadlines were computed by.
CREATE TABLE clock_rules (one boolean PRIMARY KEY DEFAULT true CHECK (one), tzdb_version text);
INSERT INTO clock_rules DEFAULT VALUES;

-- What was done about a handoff or a request and is no step of a handoff.
CREATE TABLE deed (
  subject_id uuid NOT NULL,
  source     uuid NOT NULL, -- the fact that tells it
  kind       text NOT NULL,
  at         timestamptz NOT NULL,
  PRIMARY KEY (subject_id, source, kind)
);

CREATE TABLE breach (
  breach_id       uuid PRIMARY KEY,
  revision        bigint NOT NULL,
  state           text NOT NULL CHECK (state IN ('breached', 'disputed', 'excused', 'upheld')),
  clause_id       text NOT NULL,
  owed_by         text NOT NULL CHECK (owed_by IN ('marketing', 'sales')),
  subject_id      uuid,
  handoff_id      uuid,
  lead_id         uuid,
  pass_id         uuid,
  seller_id       text,
  team            text,
  charter_version integer NOT NULL,
  started_at      timestamptz NOT NULL,
  due_at          timestamptz NOT NULL,
  judged_at       timestamptz NOT NULL,
  tzdb_version    text NOT NULL,
  reason          text,
  evidence        text[] NOT NULL
);

-- Judged once: a clock that was started anew is another one.
CREATE UNIQUE INDEX breach_once ON breach (subject_id, clause_id, started_at);
CREATE INDEX breach_of_seller ON breach (seller_id, breach_id);
CREATE INDEX breach_of_clause ON breach (clause_id, breach_id);

CREATE TABLE breach_step (
  breach_id uuid NOT NULL REFERENCES breach ON DELETE CASCADE,
  revision  bigint NOT NULL,
  step      text NOT NULL,
  at        timestamptz NOT NULL,
  reason    text,
  PRIMARY KEY (breach_id, revision)
);
