-- How each goal stood on each day of the charter's zone: what was last said of that day. Pacing needs the charter's
-- calendar, so it is reckoned by the service and kept here for those who read tables.
CREATE TABLE goal_standing (
  goal_id         text NOT NULL,
  day             date NOT NULL,
  ordinal         int NOT NULL,
  parent          text,
  metric          text NOT NULL,
  owners          text[] NOT NULL,
  from_day        date NOT NULL,
  to_day          date NOT NULL,
  currency        text,
  target          numeric NOT NULL,
  actual          numeric,
  gone            numeric NOT NULL,
  plan            numeric NOT NULL,
  attained        numeric,
  pacing          numeric,
  forecast        numeric,
  outlook         text NOT NULL,
  charter_version int NOT NULL,
  as_of           timestamptz NOT NULL,
  PRIMARY KEY (goal_id, day)
);
CREATE INDEX goal_standing_as_of ON goal_standing (as_of);

-- A goal a day. target, actual, plan and forecast are in the goal's currency, or counts, or shares; plan is what is
-- due by that day: target times gone (the share of the goal's business days that was over), a share's target itself.
CREATE VIEW report.goal_daily AS
SELECT day::timestamp AT TIME ZONE 'UTC' AS day, goal_id, ordinal, parent, metric, owners, from_day, to_day, currency,
       target, actual, gone, plan, attained, pacing, forecast, outlook, charter_version, as_of
  FROM goal_standing;

-- The goals of the charter in force, as they stand.
CREATE VIEW report.goal AS
SELECT goal_id, ordinal, parent, metric, owners, from_day, to_day, currency,
       target, actual, gone, plan, attained, pacing, forecast, outlook, charter_version, as_of
  FROM goal_standing
 WHERE as_of = (SELECT max(as_of) FROM goal_standing)
   AND charter_version = coalesce((SELECT c.version FROM report.charter c WHERE c.effective_from <= now()
                                    ORDER BY c.effective_from DESC, c.version DESC LIMIT 1), 0);
