-- By which an erased lead's names are known.
CREATE FUNCTION name_digest(system text, id text) RETURNS bytea
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN sha256(convert_to(system || E'\n' || id, 'UTF8'));
