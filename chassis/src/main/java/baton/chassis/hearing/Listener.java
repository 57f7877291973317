package baton.chassis.hearing;

import baton.contracts.Event;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.List;
import java.util.function.BiFunction;

/** What a consumer makes of a topic's events. */
record Listener<E extends Event>(
    Class<E> type,
    BiFunction<SqlConnection, List<Heard<E>>, Uni<Void>> effect,
    BiFunction<SqlConnection, List<String>, Uni<Void>> gone) {}
