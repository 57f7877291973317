-- The copy of who a lead is that its seller must see: personal data, removed by a tombstone.
CREATE TABLE contact (
  lead_id      uuid PRIMARY KEY,
  revision     bigint NOT NULL,
  name         text,
  first_name   text,
  last_name    text,
  email        text,
  phone        text,
  job_title    text,
  company_name text
);
