-- Roles, extensions and defaults of one Tiếp Dân database. Idempotent: run it as often as you like.
--
-- For a database administrator, as a superuser, once per server and database:
--
--   createdb --template=template0 --encoding=UTF8 --locale=C \
--            --locale-provider=builtin --builtin-locale=C.UTF-8 tiepdan
--   psql -d tiepdan -v ON_ERROR_STOP=1 -1 -f migrations/roles.sql
--   psql -d tiepdan -c '\password tiepdan_owner' -c '\password tiepdan_app'
--
-- then `tiepdan migrate` with DATABASE_OWNER_URL, and `tiepdan doctor` to see that all is well.
-- The file holds no psql commands and no passwords, so that programs can run it too.

DO $roles$
DECLARE
    role_name text;
BEGIN
    FOREACH role_name IN ARRAY ARRAY[
        'tiepdan_owner', 'tiepdan_app', 'tiepdan_data', 'tiepdan_provision', 'tiepdan_vault', 'tiepdan_sweep'
    ] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
            EXECUTE format('CREATE ROLE %I', role_name);
        END IF;
    END LOOP;
END
$roles$;

-- The owner changes the schema. Under FORCE ROW LEVEL SECURITY it sees no tenant's rows.
ALTER ROLE tiepdan_owner LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION NOINHERIT;
-- The application: web and worker. Rows of the tenant in scope, no DDL.
ALTER ROLE tiepdan_app LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION NOINHERIT;
-- Backfills in migrations, backup, seeding: sees every row and cannot sign in.
ALTER ROLE tiepdan_data NOLOGIN NOSUPERUSER BYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION;
-- Writes the tenancy tables and nothing else.
ALTER ROLE tiepdan_provision NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION;
-- The vault of personal identities, entered for one statement with SET LOCAL ROLE.
ALTER ROLE tiepdan_vault NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION;
-- Sees which clocks are due, of all tenants, and nothing more.
ALTER ROLE tiepdan_sweep NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION;

-- Nothing is inherited: a role is entered openly, with SET ROLE, or not at all.
GRANT tiepdan_vault, tiepdan_sweep TO tiepdan_app WITH INHERIT FALSE, SET TRUE;
GRANT tiepdan_provision, tiepdan_data, tiepdan_vault TO tiepdan_owner WITH INHERIT FALSE, SET TRUE;

-- A hung statement or a forgotten transaction must not hold other people's rows.
ALTER ROLE tiepdan_app SET lock_timeout = '10s';
ALTER ROLE tiepdan_app SET statement_timeout = '60s';
ALTER ROLE tiepdan_app SET idle_in_transaction_session_timeout = '120s';

DO $database$
BEGIN
    EXECUTE format('ALTER DATABASE %I OWNER TO tiepdan_owner', current_database());
    EXECUTE format('ALTER DATABASE %I SET timezone TO %L', current_database(), 'UTC');
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format(
        'GRANT CONNECT ON DATABASE %I TO tiepdan_app, tiepdan_data, tiepdan_provision', current_database()
    );
    EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO tiepdan_data', current_database());
END
$database$;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO tiepdan_app, tiepdan_data, tiepdan_provision, tiepdan_vault, tiepdan_sweep;

CREATE EXTENSION IF NOT EXISTS ltree;
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS citext;
