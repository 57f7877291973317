-- Leads whose personal data was erased: whatever is said of them later in words isn't kept.
CREATE TABLE erased_lead (
  lead_id   uuid PRIMARY KEY,
  erased_at timestamptz NOT NULL
);
CREATE INDEX lead_name_of_lead ON lead_name (lead_id) WHERE kind = 'external';

-- Keys stand as their SHA-256 from here on: some callers make theirs of an e-mail address.
UPDATE idempotency SET key = encode(sha256(convert_to(key, 'UTF8')), 'hex');
