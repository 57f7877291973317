-- Who was erased, and what that removed. The lead's own row stays for what is counted, without who it was.
CREATE TABLE erasure (
  lead_id    uuid        PRIMARY KEY,
  receipt_id uuid        NOT NULL,
  erased_at  timestamptz NOT NULL,
  removed    text        NOT NULL -- JSON: of how many things, by place
);
ALTER TABLE lead ADD COLUMN erased_at timestamptz;

-- All by which a lead is recognised goes when it is erased.
CREATE INDEX IF NOT EXISTS lead_identity_lead ON lead_identity (lead_id);

-- Which deliveries told of whom: by the lead's id, and by what it is recognised by, so that what
-- was refused or not fetched yet is found too.
CREATE TABLE delivery_about (
  about        uuid   NOT NULL,
  connector_id text   NOT NULL,
  number       bigint NOT NULL,
  PRIMARY KEY (about, connector_id, number),
  FOREIGN KEY (connector_id, number) REFERENCES delivery ON DELETE CASCADE
);
CREATE INDEX delivery_about_of ON delivery_about (connector_id, number);
INSERT INTO delivery_about (about, connector_id, number)
SELECT DISTINCT (element ->> 'leadId')::uuid, connector_id, number
FROM delivery, jsonb_array_elements(elements::jsonb) AS element
WHERE element ->> 'leadId' IS NOT NULL;

-- Since when nothing is left of what a delivery said.
ALTER TABLE delivery ADD COLUMN scrubbed_at timestamptz;

-- Keys stand as their SHA-256 from here on: some callers make theirs of an e-mail address.
UPDATE idempotency SET key = encode(sha256(convert_to(key, 'UTF8')), 'hex');
