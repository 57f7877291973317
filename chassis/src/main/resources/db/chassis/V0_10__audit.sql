-- What was done to keys, sellers, charters, connectors and the like: rows are only ever added, and each seals the one
-- before it. hash = SHA-256 of previous and of the row's words, as audit_hash says. No personal data, ever.
CREATE TABLE audit (
  number      bigint      PRIMARY KEY,
  at          timestamptz NOT NULL,
  caller      text        NOT NULL, -- the key's id, or oidc: and the person's id at the provider
  role        text        NOT NULL,
  act         text        NOT NULL, -- what it was done to and how: key.revoked
  subject     text        NOT NULL, -- the id of what it was done to
  details     text        NOT NULL, -- JSON object
  traceparent text,
  previous    bytea       NOT NULL,
  hash        bytea       NOT NULL
);
CREATE INDEX audit_subject ON audit (subject, number);
CREATE INDEX audit_act ON audit (act, number);

-- The newest row, so that a missing one is missed.
CREATE TABLE audit_head (
  single boolean PRIMARY KEY DEFAULT true CHECK (single),
  number bigint  NOT NULL,
  hash   bytea   NOT NULL
);
INSERT INTO audit_head (number, hash) VALUES (0, sha256('baton'));

CREATE FUNCTION audit_hash(previous bytea, number bigint, at timestamptz, caller text, role text, act text,
                           subject text, details text) RETURNS bytea LANGUAGE sql STABLE
  RETURN sha256(previous || convert_to(
    jsonb_build_array(number, (extract(epoch FROM at) * 1000)::bigint, caller, role, act, subject, details)::text,
    'UTF8'));

CREATE FUNCTION audit_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE audit_head SET number = audit_head.number + 1 RETURNING audit_head.number, audit_head.hash
    INTO NEW.number, NEW.previous;
  NEW.at := date_trunc('milliseconds', NEW.at);
  NEW.hash := audit_hash(NEW.previous, NEW.number, NEW.at, NEW.caller, NEW.role, NEW.act, NEW.subject, NEW.details);
  UPDATE audit_head SET hash = NEW.hash;
  RETURN NEW;
END $$;
CREATE TRIGGER audit_seal BEFORE INSERT ON audit FOR EACH ROW EXECUTE FUNCTION audit_seal();

CREATE FUNCTION audit_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of audit are only ever added' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER audit_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON audit EXECUTE FUNCTION audit_keep();
