-- One service's role and the database that it owns; :service and :role come from the caller. The database is named as the role.
-- psql reads the password itself: on a command line any process could see it.
\set password `cat /run/secrets/roles/:service/password`
SELECT format('CREATE ROLE %I', :'role') WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'role') \gexec
ALTER ROLE :"role" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD :'password';
SELECT format(
  'CREATE DATABASE %I OWNER %I ENCODING ''UTF8'' LOCALE_PROVIDER builtin BUILTIN_LOCALE ''C.UTF-8'' TEMPLATE template0',
  :'role', :'role'
) WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'role') \gexec
-- Else every role could enter every database.
REVOKE ALL ON DATABASE :"role" FROM PUBLIC;
