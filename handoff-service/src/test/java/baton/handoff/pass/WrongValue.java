package baton.handoff.pass;

import io.vertx.mutiny.sqlclient.SqlConnection;

/** A value that knows the database: a rule must notice. */
record WrongValue(SqlConnection tx) {}
