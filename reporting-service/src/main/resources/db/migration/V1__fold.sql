-- Which generation of journeys and cells reports are read from, and which is being built beside it.
-- Generation g is kept in the tables that end in g modulo 2.
CREATE TABLE fold_state (
  only_row   boolean     PRIMARY KEY DEFAULT true CHECK (only_row),
  live       int         NOT NULL,
  live_rules int         NOT NULL, -- Contribution.RULES that its cells were counted by
  live_since timestamptz NOT NULL DEFAULT now(),
  building   int,
  building_rules int,
  building_since timestamptz
);

-- One row per partition number. Its version rises with every commit: who counts on another one has been
-- overtaken, and so have the journeys that it remembers.
CREATE TABLE fold_partition (
  generation  int    NOT NULL,
  partition   int    NOT NULL,
  version     bigint NOT NULL,
  complete_to timestamptz,
  PRIMARY KEY (generation, partition)
) WITH (fillfactor = 20, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_scale_factor = 0);

CREATE TABLE fold_offset (
  generation int    NOT NULL,
  topic      text   NOT NULL,
  partition  int    NOT NULL,
  next       bigint NOT NULL,
  PRIMARY KEY (generation, topic, partition)
) WITH (fillfactor = 20, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_scale_factor = 0);

-- The keys that cells are counted under, by their digest.
CREATE TABLE keys (
  id uuid PRIMARY KEY,
  source text, medium text, channel text, campaign text, persona text, segment text, tier text,
  country text, company text, seller text, team text, landing_page text
);

CREATE TABLE journey_0 (
  id   uuid  PRIMARY KEY,
  body bytea NOT NULL
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0);
ALTER TABLE journey_0 ALTER COLUMN body SET STORAGE EXTERNAL;

CREATE TABLE cell_0 (
  level     smallint NOT NULL,
  at        int      NOT NULL, -- quarters of an hour since 1970, UTC
  keys      uuid     NOT NULL,
  partition smallint NOT NULL,
  passes    smallint NOT NULL,
  lag       int      NOT NULL, -- days since captured; -1: all of them
  charter   int      NOT NULL,
  captured int NOT NULL DEFAULT 0,
  mql int NOT NULL DEFAULT 0,
  sal int NOT NULL DEFAULT 0,
  sql int NOT NULL DEFAULT 0,
  won int NOT NULL DEFAULT 0,
  captured_inferred int NOT NULL DEFAULT 0,
  mql_inferred int NOT NULL DEFAULT 0,
  sal_inferred int NOT NULL DEFAULT 0,
  sql_inferred int NOT NULL DEFAULT 0,
  sal_deemed int NOT NULL DEFAULT 0,
  now_won int NOT NULL DEFAULT 0,
  now_lost int NOT NULL DEFAULT 0,
  now_rejected int NOT NULL DEFAULT 0,
  now_returned int NOT NULL DEFAULT 0,
  now_disqualified int NOT NULL DEFAULT 0,
  now_open int NOT NULL DEFAULT 0,
  entered_mql int NOT NULL DEFAULT 0,
  entered_sal int NOT NULL DEFAULT 0,
  entered_sql int NOT NULL DEFAULT 0,
  entered_won int NOT NULL DEFAULT 0,
  entered_mql_inferred int NOT NULL DEFAULT 0,
  entered_sal_inferred int NOT NULL DEFAULT 0,
  entered_sql_inferred int NOT NULL DEFAULT 0,
  entered_sal_deemed int NOT NULL DEFAULT 0,
  PRIMARY KEY (level, at, keys, partition, passes, lag, charter)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0);

CREATE TABLE tally_0 (
  level     smallint NOT NULL,
  at        int      NOT NULL,
  keys      uuid     NOT NULL,
  partition smallint NOT NULL,
  passes    smallint NOT NULL,
  lag       int      NOT NULL,
  kind      smallint NOT NULL,
  label     text     NOT NULL,
  cohort    numeric  NOT NULL,
  entered   numeric  NOT NULL,
  PRIMARY KEY (level, at, keys, partition, passes, lag, kind, label)
) WITH (fillfactor = 70);

CREATE TABLE journey_1 (
  id   uuid  PRIMARY KEY,
  body bytea NOT NULL
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0);
ALTER TABLE journey_1 ALTER COLUMN body SET STORAGE EXTERNAL;

CREATE TABLE cell_1 (
  level     smallint NOT NULL,
  at        int      NOT NULL, -- quarters of an hour since 1970, UTC
  keys      uuid     NOT NULL,
  partition smallint NOT NULL,
  passes    smallint NOT NULL,
  lag       int      NOT NULL, -- days since captured; -1: all of them
  charter   int      NOT NULL,
  captured int NOT NULL DEFAULT 0,
  mql int NOT NULL DEFAULT 0,
  sal int NOT NULL DEFAULT 0,
  sql int NOT NULL DEFAULT 0,
  won int NOT NULL DEFAULT 0,
  captured_inferred int NOT NULL DEFAULT 0,
  mql_inferred int NOT NULL DEFAULT 0,
  sal_inferred int NOT NULL DEFAULT 0,
  sql_inferred int NOT NULL DEFAULT 0,
  sal_deemed int NOT NULL DEFAULT 0,
  now_won int NOT NULL DEFAULT 0,
  now_lost int NOT NULL DEFAULT 0,
  now_rejected int NOT NULL DEFAULT 0,
  now_returned int NOT NULL DEFAULT 0,
  now_disqualified int NOT NULL DEFAULT 0,
  now_open int NOT NULL DEFAULT 0,
  entered_mql int NOT NULL DEFAULT 0,
  entered_sal int NOT NULL DEFAULT 0,
  entered_sql int NOT NULL DEFAULT 0,
  entered_won int NOT NULL DEFAULT 0,
  entered_mql_inferred int NOT NULL DEFAULT 0,
  entered_sal_inferred int NOT NULL DEFAULT 0,
  entered_sql_inferred int NOT NULL DEFAULT 0,
  entered_sal_deemed int NOT NULL DEFAULT 0,
  PRIMARY KEY (level, at, keys, partition, passes, lag, charter)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0);

CREATE TABLE tally_1 (
  level     smallint NOT NULL,
  at        int      NOT NULL,
  keys      uuid     NOT NULL,
  partition smallint NOT NULL,
  passes    smallint NOT NULL,
  lag       int      NOT NULL,
  kind      smallint NOT NULL,
  label     text     NOT NULL,
  cohort    numeric  NOT NULL,
  entered   numeric  NOT NULL,
  PRIMARY KEY (level, at, keys, partition, passes, lag, kind, label)
) WITH (fillfactor = 70);

INSERT INTO fold_state (live, live_rules) VALUES (0, 1);
