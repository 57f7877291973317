-- Leads whose personal data was erased: whatever is heard of them later stays away.
CREATE TABLE erased_lead (
  lead_id   uuid PRIMARY KEY,
  erased_at timestamptz NOT NULL
);

-- Keys stand as their SHA-256 from here on: some callers make theirs of an e-mail address.
UPDATE idempotency SET key = encode(sha256(convert_to(key, 'UTF8')), 'hex');
