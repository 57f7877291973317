-- A breach begins with its verdict, which stands in its own row.
DELETE FROM breach_step WHERE revision = 1;
