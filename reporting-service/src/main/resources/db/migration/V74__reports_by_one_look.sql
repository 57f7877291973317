-- Counts whatever their lag are what most reports read; they are few, and lie among those by lag. An index with a
-- condition costs the others nothing, and reads them in the order they are kept in.
CREATE INDEX cell_0_of_any_lag ON cell_0 (level, at) WHERE lag = -1;
CREATE INDEX cell_1_of_any_lag ON cell_1 (level, at) WHERE lag = -1;
CREATE INDEX tally_0_of_any_lag ON tally_0 (level, kind, at) WHERE lag = -1;
CREATE INDEX tally_1_of_any_lag ON tally_1 (level, kind, at) WHERE lag = -1;

-- Where leads come from: some thousand keys among those of every lead.
CREATE INDEX keys_of_origin ON keys (id) INCLUDE (source, medium, channel, campaign)
 WHERE persona IS NULL AND segment IS NULL AND tier IS NULL AND country IS NULL AND company IS NULL
   AND seller IS NULL AND team IS NULL AND landing_page IS NULL;
