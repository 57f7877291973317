-- The ways that leads went: a row for a won deal, with the touches that led to it, and one for each way
-- that leads went which won nothing and were touched again. Captures of the others are in the cells.
CREATE TABLE route_0 (
  kind      smallint NOT NULL, -- 0: won, 1: not
  at        int      NOT NULL, -- quarters of an hour since 1970, UTC: of the deal, or of the last touch
  keys      uuid     NOT NULL,
  digest    uuid     NOT NULL, -- of the body
  partition smallint NOT NULL,
  count     int      NOT NULL, -- may be negative: what the cells count and doesn't hold
  body      bytea    NOT NULL,
  PRIMARY KEY (kind, at, keys, digest, partition)
) WITH (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0);

CREATE TABLE route_1 (LIKE route_0 INCLUDING ALL)
  WITH (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0);
