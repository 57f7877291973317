ALTER TABLE feedback ADD COLUMN revision bigint NOT NULL DEFAULT 1;
