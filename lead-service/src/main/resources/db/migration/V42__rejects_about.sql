-- Whom a refused row tells of, by digests of the addresses, numbers and ids in it: who is erased is erased here too.
-- Rows refused before this are forgotten 30 days after their import, as ever.
ALTER TABLE import_reject ADD COLUMN about uuid[] NOT NULL DEFAULT '{}';
CREATE INDEX import_reject_about ON import_reject USING gin (about);

-- Who was erased while a file waited to be read: a row about them is refused, and its cells aren't kept.
CREATE TABLE import_erased (
  import_id uuid NOT NULL REFERENCES lead_import ON DELETE CASCADE,
  about     uuid NOT NULL,
  PRIMARY KEY (import_id, about)
);
