-- What dashboards may read: the live generation, added up by day. Times are the starts of UTC days; an absent
-- dimension is null. deploy/grafana/reader.sql makes the role that may select from here and from nowhere else.
CREATE SCHEMA report;

CREATE VIEW report.live_cell AS
  SELECT * FROM cell_0 WHERE (SELECT live % 2 = 0 FROM fold_state)
  UNION ALL
  SELECT * FROM cell_1 WHERE (SELECT live % 2 = 1 FROM fold_state);

CREATE VIEW report.live_tally AS
  SELECT * FROM tally_0 WHERE (SELECT live % 2 = 0 FROM fold_state)
  UNION ALL
  SELECT * FROM tally_1 WHERE (SELECT live % 2 = 1 FROM fold_state);

-- Columns without a prefix count a cohort: of the leads captured on that day, how many got there, ever. Those with
-- entered_ count what happened on that day, whenever the lead was captured. A lead counts once. now_ is where the
-- day's leads stand.
CREATE VIEW report.funnel_daily AS
SELECT to_timestamp(c.at * 900::bigint) AS day, k.source, k.medium, k.channel, k.campaign,
       coalesce(sum(c.captured), 0) AS captured,
       coalesce(sum(c.mql), 0) AS mql,
       coalesce(sum(c.sal), 0) AS sal,
       coalesce(sum(c.sql), 0) AS sql,
       coalesce(sum(c.won), 0) AS won,
       coalesce(sum(c.entered_mql), 0) AS entered_mql,
       coalesce(sum(c.entered_sal), 0) AS entered_sal,
       coalesce(sum(c.entered_sql), 0) AS entered_sql,
       coalesce(sum(c.entered_won), 0) AS entered_won,
       coalesce(sum(c.now_open), 0) AS now_open,
       coalesce(sum(c.now_won), 0) AS now_won,
       coalesce(sum(c.now_lost), 0) AS now_lost,
       coalesce(sum(c.now_rejected), 0) AS now_rejected,
       coalesce(sum(c.now_returned), 0) AS now_returned,
       coalesce(sum(c.now_disqualified), 0) AS now_disqualified
  FROM report.live_cell c JOIN keys k ON k.id = c.keys
 WHERE c.level = 1 AND c.lag = -1 AND c.passes = 0
 GROUP BY c.at, k.source, k.medium, k.channel, k.campaign;

-- Money won, by the day of the win, per currency; never added across currencies.
CREATE VIEW report.revenue_daily AS
SELECT to_timestamp(t.at * 900::bigint) AS day, k.source, k.medium, k.channel, k.campaign,
       t.label AS currency, sum(t.entered) AS won, sum(t.cohort) AS won_of_cohort
  FROM report.live_tally t JOIN keys k ON k.id = t.keys
 WHERE t.level = 1 AND t.lag = -1 AND t.passes = 0 AND t.kind = 0
 GROUP BY t.at, k.source, k.medium, k.channel, k.campaign, t.label;

-- Leads rejected at the door or given back, by reason, by the day on which it happened.
CREATE VIEW report.refusal_daily AS
SELECT to_timestamp(t.at * 900::bigint) AS day, k.source, k.medium, k.channel, k.campaign,
       CASE t.kind WHEN 1 THEN 'rejected' ELSE 'returned' END AS how, nullif(t.label, '') AS reason,
       sum(t.entered) AS leads
  FROM report.live_tally t JOIN keys k ON k.id = t.keys
 WHERE t.level = 1 AND t.lag = -1 AND t.passes = 0 AND t.kind IN (1, 2)
 GROUP BY t.at, k.source, k.medium, k.channel, k.campaign, t.kind, t.label;

-- Promises kept and broken, by clause and side, of all time.
CREATE VIEW report.promise AS
SELECT v.clause_id, v.owed_by, sum(v.met) AS met, sum(v.broken) AS broken
  FROM (SELECT clause_id, owed_by, met, broken FROM verdict_0 WHERE (SELECT live % 2 = 0 FROM fold_state)
        UNION ALL
        SELECT clause_id, owed_by, met, broken FROM verdict_1 WHERE (SELECT live % 2 = 1 FROM fold_state)
        UNION ALL
        SELECT clause_id, owed_by, met::int, (NOT met)::int FROM period_verdict_0 WHERE (SELECT live % 2 = 0 FROM fold_state)
        UNION ALL
        SELECT clause_id, owed_by, met::int, (NOT met)::int FROM period_verdict_1 WHERE (SELECT live % 2 = 1 FROM fold_state)) AS v
 GROUP BY v.clause_id, v.owed_by;

-- Which agreement governs from when: for annotations.
CREATE VIEW report.charter AS
SELECT version, (event::jsonb ->> 'effectiveFrom')::timestamptz AS effective_from FROM known_charter;

-- Everything that Baton learned until then is counted; null while a partition is incomplete.
CREATE VIEW report.watermark AS
SELECT CASE WHEN count(*) = count(p.complete_to) THEN min(p.complete_to) END AS complete_to
  FROM fold_partition p JOIN fold_state s ON p.generation = s.live;
