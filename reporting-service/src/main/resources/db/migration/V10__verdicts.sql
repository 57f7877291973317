-- How many promises were kept and broken, by partition. Kept with the journeys of its generation.
CREATE TABLE verdict_0 (
  partition int    NOT NULL,
  clause_id text   NOT NULL,
  owed_by   text   NOT NULL CHECK (owed_by IN ('marketing', 'sales')),
  met       bigint NOT NULL,
  broken    bigint NOT NULL,
  PRIMARY KEY (partition, clause_id, owed_by)
) WITH (fillfactor = 50);

CREATE TABLE verdict_1 (
  partition int    NOT NULL,
  clause_id text   NOT NULL,
  owed_by   text   NOT NULL CHECK (owed_by IN ('marketing', 'sales')),
  met       bigint NOT NULL,
  broken    bigint NOT NULL,
  PRIMARY KEY (partition, clause_id, owed_by)
) WITH (fillfactor = 50);

-- Those about periods: no lead's journey has them.
CREATE TABLE period_verdict_0 (
  verdict_id uuid    PRIMARY KEY,
  clause_id  text    NOT NULL,
  owed_by    text    NOT NULL CHECK (owed_by IN ('marketing', 'sales')),
  met        boolean NOT NULL
);
CREATE TABLE period_verdict_1 (
  verdict_id uuid    PRIMARY KEY,
  clause_id  text    NOT NULL,
  owed_by    text    NOT NULL CHECK (owed_by IN ('marketing', 'sales')),
  met        boolean NOT NULL
);

-- What was folded before this was there is folded again; where nothing was, nothing has to be.
UPDATE fold_state SET live_rules = 2 WHERE NOT EXISTS (SELECT FROM fold_offset);
