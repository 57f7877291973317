-- Breaches that were judged before verdicts were counted; promises kept until then weren't written down
-- one by one. A row of the tally is added to the count as any other.
INSERT INTO verdict_tally (clause_id, owed_by, day, met, broken)
SELECT b.clause_id, b.owed_by, b.day, 0, b.broken - coalesce(c.broken, 0) - coalesce(t.broken, 0)
FROM (
  SELECT clause_id, owed_by, (judged_at AT TIME ZONE 'UTC')::date AS day, count(*) AS broken
  FROM breach GROUP BY 1, 2, 3) b
LEFT JOIN verdict_count c USING (clause_id, owed_by, day)
LEFT JOIN (
  SELECT clause_id, owed_by, day, sum(broken)::bigint AS broken
  FROM verdict_tally GROUP BY 1, 2, 3) t USING (clause_id, owed_by, day)
WHERE b.broken > coalesce(c.broken, 0) + coalesce(t.broken, 0);
