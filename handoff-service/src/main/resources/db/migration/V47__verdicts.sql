-- How many promises were kept and broken, by clause and day (UTC) of the verdict.
CREATE TABLE verdict_count (
  clause_id text NOT NULL,
  owed_by   text NOT NULL CHECK (owed_by IN ('marketing', 'sales')),
  day       date NOT NULL,
  met       bigint NOT NULL,
  broken    bigint NOT NULL,
  PRIMARY KEY (clause_id, owed_by, day)
) WITH (fillfactor = 50);

-- What each transaction judged, until it is added to the above. Nobody who judges waits for another.
CREATE TABLE verdict_tally (
  clause_id text NOT NULL,
  owed_by   text NOT NULL,
  day       date NOT NULL,
  met       bigint NOT NULL,
  broken    bigint NOT NULL
);

-- Why a clock can't be judged: it is left alone until the next start, and the others run on.
ALTER TABLE clock ADD COLUMN stuck text;
CREATE INDEX clock_stuck ON clock (subject_id) WHERE stuck IS NOT NULL;

-- What was kept in a period, for promises that hold only if another one was kept.
CREATE INDEX clock_kept ON clock (clause_id, judged_at) WHERE state = 'met';
