-- By what erased leads were called, as digests of their pseudonyms: what is told again by such a name is
-- still theirs, and isn't kept under it.
CREATE TABLE erased_name (
  digest  bytea PRIMARY KEY, -- SHA-256 of system, line feed, id
  lead_id uuid  NOT NULL
);
CREATE INDEX erased_name_of_lead ON erased_name (lead_id);

-- Of whom deals and deliveries speak, by digests of the same kind, also where nothing came of them.
ALTER TABLE crm_deal ADD COLUMN about bytea;
UPDATE crm_deal SET about = sha256(convert_to(
  lower(said::jsonb #>> '{fields,leadExternalId,value,system}') || E'\n'
    || (said::jsonb #>> '{fields,leadExternalId,value,id}'), 'UTF8'));
CREATE INDEX crm_deal_about ON crm_deal (about);
ALTER TABLE delivery ADD COLUMN about bytea[] NOT NULL DEFAULT '{}';
CREATE INDEX delivery_about ON delivery USING gin (about);

-- What tells no time may be called by somebody's address: names stand as their SHA-256 from here on.
UPDATE crm_first SET name = encode(sha256(convert_to(name, 'UTF8')), 'hex');
