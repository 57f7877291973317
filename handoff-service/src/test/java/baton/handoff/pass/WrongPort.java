package baton.handoff.pass;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;

/** A port that hands out the pool: a rule must notice. */
interface WrongPort {
  Uni<Void> decide(Pool pool);
}
