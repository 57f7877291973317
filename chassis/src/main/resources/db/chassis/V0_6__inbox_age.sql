-- Old rows of a consumer are found without reading the young ones.
CREATE INDEX inbox_seen_at ON inbox (consumer, seen_at);
