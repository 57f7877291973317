-- What is noted of passes, promises and deals: how often a term was, of a cohort and at a time. Where a row
-- is about a lead (the finest level), its terms stand together in one label, with U+001F between them.
-- A row that has come to nothing is deleted.
CREATE TABLE note_0 (
  matter    smallint NOT NULL,
  level     smallint NOT NULL,
  at        int      NOT NULL,
  keys      uuid     NOT NULL,
  partition smallint NOT NULL,
  passes    smallint NOT NULL,
  lag       int      NOT NULL,
  charter   int      NOT NULL,
  label     text     NOT NULL,
  cohort    int      NOT NULL,
  entered   int      NOT NULL,
  PRIMARY KEY (matter, level, at, keys, partition, passes, lag, charter, label)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0);

CREATE TABLE note_1 (
  matter    smallint NOT NULL,
  level     smallint NOT NULL,
  at        int      NOT NULL,
  keys      uuid     NOT NULL,
  partition smallint NOT NULL,
  passes    smallint NOT NULL,
  lag       int      NOT NULL,
  charter   int      NOT NULL,
  label     text     NOT NULL,
  cohort    int      NOT NULL,
  entered   int      NOT NULL,
  PRIMARY KEY (matter, level, at, keys, partition, passes, lag, charter, label)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0);
