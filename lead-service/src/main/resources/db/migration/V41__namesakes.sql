-- By name and company's domain, as a digest, who may be one person: leads known by two words or more of a name and by a
-- company that is no provider of free addresses. Filled behind the capture path, from lead_updated; goes with the lead.
CREATE TABLE namesake (
  lead_id uuid PRIMARY KEY,
  key     uuid NOT NULL
);
CREATE INDEX namesake_key ON namesake (key, lead_id);

-- How far leads were looked at, by when they changed.
CREATE TABLE namesake_seen (
  updated_at timestamptz NOT NULL,
  lead_id    uuid        NOT NULL
);
INSERT INTO namesake_seen VALUES ('epoch', '00000000-0000-0000-0000-000000000000');
