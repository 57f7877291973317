-- What a tool only announced is fetched with a token of its vendor's, and asked for again where that fails.
ALTER TABLE delivery ADD COLUMN attempts int NOT NULL DEFAULT 0;

-- What isn't done is little beside what is.
CREATE INDEX delivery_not_done ON delivery (state) WHERE state <> 'done';
