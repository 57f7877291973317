-- What outcomes call the deal: its id, or the pseudonym of one that looks like a phone number.
ALTER TABLE crm_deal ADD COLUMN name text;
UPDATE crm_deal SET name = deal_id;
CREATE INDEX crm_deal_named ON crm_deal (connector_id, name);
