-- The versions of the agreement: everything that was ever proposed, and who signed it. Nothing is ever deleted.
CREATE TABLE charter (
  version        integer PRIMARY KEY,
  revision       integer NOT NULL,
  state          text NOT NULL CHECK (state IN ('proposed', 'signed', 'overtaken')),
  name           text NOT NULL,
  content_hash   text NOT NULL,
  document       text NOT NULL, -- JSON; not jsonb, which would reorder it
  form           text NOT NULL CHECK (form IN ('YAML', 'JSON')),
  written        text NOT NULL, -- as it was proposed
  proposed_by    text NOT NULL,
  proposed_role  text NOT NULL,
  proposed_at    timestamptz NOT NULL,
  effective_from timestamptz,
  CHECK ((state = 'signed') = (effective_from IS NOT NULL))
);

CREATE UNIQUE INDEX charter_open ON charter (content_hash) WHERE state = 'proposed';

CREATE TABLE charter_signature (
  version   integer NOT NULL REFERENCES charter,
  side      text NOT NULL CHECK (side IN ('marketing', 'sales')),
  signatory text NOT NULL,
  signed_at timestamptz NOT NULL,
  PRIMARY KEY (version, side),
  UNIQUE (version, signatory) -- nobody signs for both
);

-- One row. Whoever proposes or signs holds it: the versions stand in one line.
CREATE TABLE charter_desk (
  one  boolean PRIMARY KEY DEFAULT true CHECK (one),
  last integer NOT NULL
);

INSERT INTO charter_desk (last) VALUES (0);
