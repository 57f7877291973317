-- What qualified a pass, as lead-service said it: none of it is personal data. Deferred: it is
-- written before its handoff.
CREATE TABLE mql (
  handoff_id uuid PRIMARY KEY REFERENCES handoff ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  event      text NOT NULL -- JSON of lead-qualified
);

-- What was said of each campaign last.
CREATE TABLE campaign (
  campaign_id text PRIMARY KEY,
  revision    bigint NOT NULL,
  event       text NOT NULL -- JSON of campaign
);
