-- Run once on reporting-service's database by its owner:
--   psql -v password="'…'" -f reader.sql "$REPORTING_DATABASE_URL"
-- The role reads the documented views of the schema "report" and nothing else, five seconds at most.
CREATE ROLE baton_report_reader LOGIN PASSWORD :password
  NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOBYPASSRLS;
ALTER ROLE baton_report_reader SET default_transaction_read_only = on;
ALTER ROLE baton_report_reader SET statement_timeout = '5s';
-- Panels add up many rows and join them to their keys by hash. Until tables that grew fast are analyzed, PostgreSQL
-- takes a filtered one for a row or two and would read it once for each row of the other: seconds instead of
-- milliseconds.
ALTER ROLE baton_report_reader SET enable_nestloop = off;
DO $$ BEGIN
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO baton_report_reader', current_database());
END $$;
GRANT USAGE ON SCHEMA report TO baton_report_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA report TO baton_report_reader;
ALTER DEFAULT PRIVILEGES IN SCHEMA report GRANT SELECT ON TABLES TO baton_report_reader;
