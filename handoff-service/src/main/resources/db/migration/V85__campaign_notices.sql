-- Notice that marketing owes of a campaign's start. Another start is another promise.
CREATE TABLE campaign_notice (
  campaign_id     text NOT NULL,
  starts_on       date NOT NULL,
  clause_id       text NOT NULL,
  charter_version integer NOT NULL, -- in force when this start was announced
  announced_at    timestamptz NOT NULL,
  due_at          timestamptz NOT NULL,
  revision        bigint NOT NULL,  -- of the campaign, the last that was heard
  state           text NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'met', 'broken', 'cancelled')),
  judged_at       timestamptz,
  PRIMARY KEY (campaign_id, starts_on, clause_id)
);

CREATE INDEX campaign_notice_due ON campaign_notice (due_at) WHERE state = 'running';
