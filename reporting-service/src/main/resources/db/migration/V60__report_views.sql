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

-- What is noted of leads, a term a row. Words of a term are apart by U+001E.
CREATE VIEW report.live_term AS
  SELECT n.matter, n.at, n.keys, string_to_array(term, E'\x1e') AS words, n.cohort, n.entered
    FROM (SELECT * FROM note_0 WHERE (SELECT live % 2 = 0 FROM fold_state)
          UNION ALL
          SELECT * FROM note_1 WHERE (SELECT live % 2 = 1 FROM fold_state)) AS n,
         LATERAL unnest(string_to_array(n.label, E'\x1f')) AS term
   WHERE n.level = 3 AND n.passes = 0;

-- Promises about leads by the day on which they were due: met, breached or excused.
CREATE VIEW report.promise_daily AS
SELECT to_timestamp(t.at / 96 * 96 * 900::bigint) AS day, k.source, k.campaign, k.seller, k.team,
       t.words[1] AS clause_id, t.words[2] AS owed_by, t.words[3] AS verdict, sum(t.entered) AS promises
  FROM report.live_term t JOIN keys k ON k.id = t.keys
 WHERE t.matter = 4 AND t.words[3] IN ('met', 'breached', 'excused')
 GROUP BY t.at / 96, k.source, k.campaign, k.seller, k.team, t.words;

-- Promises about periods (volume, share, notice of campaigns): one row each.
CREATE VIEW report.promise_of_period AS
SELECT due_at, clause_id, owed_by, CASE WHEN met THEN 'met' WHEN excused THEN 'excused' ELSE 'breached' END AS verdict
  FROM (SELECT * FROM period_verdict_0 WHERE (SELECT live % 2 = 0 FROM fold_state)
        UNION ALL
        SELECT * FROM period_verdict_1 WHERE (SELECT live % 2 = 1 FROM fold_state)) AS v;

-- How long passes took, by the day on which the pass began. millis is within 1 % (a bucket's middle); for those to
-- whom it has not come yet it is null, and they count as the slowest. pace is what is timed: speed (the lead's
-- view), speed-working (the promise's), attempt, contact, decision, assignment, captured-mql, mql-sal, …
CREATE VIEW report.pace_daily AS
SELECT to_timestamp(t.at / 96 * 96 * 900::bigint) AS day, k.source, k.campaign, k.seller, k.team, t.words[1] AS pace,
       CASE WHEN t.words[2] = '0' THEN 0
            WHEN t.words[2] LIKE 'b%' THEN power(1.0095 / 0.9905, substr(t.words[2], 2)::int) * 1.0095 END AS millis,
       sum(t.cohort) AS passes
  FROM report.live_term t JOIN keys k ON k.id = t.keys
 WHERE t.matter = 0 AND t.words[1] NOT IN ('band', 'number', 'hops', 'answered', 'ignored')
 GROUP BY t.at / 96, k.source, k.campaign, k.seller, k.team, t.words;

-- What sales thought of leads, by the day it was said: a rating from 1 to 5, or a reason of the vocabulary.
CREATE VIEW report.rating_daily AS
SELECT to_timestamp(t.at / 96 * 96 * 900::bigint) AS day, k.source, k.channel, k.campaign, k.persona,
       CASE WHEN t.words[1] = 'rating' THEN t.words[2]::int END AS rating,
       CASE WHEN t.words[1] = 'reason' THEN t.words[2] END AS reason, sum(t.entered) AS ratings
  FROM report.live_term t JOIN keys k ON k.id = t.keys
 WHERE t.matter = 3
 GROUP BY t.at / 96, k.source, k.channel, k.campaign, k.persona, t.words;

-- What became of passes by the score they qualified with: bands of ten points.
CREATE VIEW report.score_band_daily AS
SELECT to_timestamp(t.at / 96 * 96 * 900::bigint) AS day, k.source, k.channel, k.campaign,
       t.words[2]::int AS band, t.words[3] AS ended, t.words[4] = 'sql' AS sql, sum(t.cohort) AS passes
  FROM report.live_term t JOIN keys k ON k.id = t.keys
 WHERE t.matter = 0 AND t.words[1] = 'band' AND t.words[2] <> ''
 GROUP BY t.at / 96, k.source, k.channel, k.campaign, t.words;

-- What campaigns cost by day, media apart from the rest, per currency.
CREATE VIEW report.spend_daily AS
SELECT day::timestamp AT TIME ZONE 'UTC' AS day, campaign_id AS campaign, kind, currency, amount FROM campaign_spend;

-- Which agreement governs from when: for annotations.
CREATE VIEW report.charter AS
SELECT version, (event::jsonb ->> 'effectiveFrom')::timestamptz AS effective_from FROM known_charter;

-- Everything that Baton learned until then is counted; null while a partition is incomplete.
CREATE VIEW report.watermark AS
SELECT CASE WHEN count(*) = count(p.complete_to) THEN min(p.complete_to) END AS complete_to
  FROM fold_partition p JOIN fold_state s ON p.generation = s.live;
