package baton.handoff.charter.rest;

import baton.charter.Agreement;
import baton.charter.Form;
import baton.charter.Read;
import baton.chassis.charter.Drafts;
import baton.chassis.problem.Problem;
import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * Makes agreements of documents, beside the event loops: compiling all their rules takes a while.
 */
@ApplicationScoped
class Reading {
  private static final int AT_ONCE = 2;
  private static final long LONGEST_SECONDS = 20;

  private final WorkerExecutor desk;

  Reading(Vertx vertx) {
    this.desk =
        vertx.createSharedWorkerExecutor(
            "baton-charters", AT_ONCE, LONGEST_SECONDS, TimeUnit.SECONDS);
  }

  /** Refused with all that is wrong with it. */
  Uni<Agreement> proposed(byte[] body, Form form) {
    return aside(() -> Drafts.read(body, form));
  }

  Uni<Agreement> kept(int version, JsonNode document) {
    return aside(() -> agreement(version, document));
  }

  <T> Uni<T> aside(Callable<T> work) {
    return Uni.createFrom()
        .completionStage(() -> desk.executeBlocking(work, false).toCompletionStage());
  }

  /** A later release may check more than the one under which it was proposed. */
  static Agreement agreement(int version, JsonNode document) {
    return switch (Agreement.of(document)) {
      case Read.Good(var agreement) -> agreement;
      case Read.Faulty(var faults) ->
          throw Problem.conflict(
              "Charter %d doesn't pass today's checks (%s %s): propose it anew."
                  .formatted(version, faults.getFirst().pointer(), faults.getFirst().detail()),
              "unreadable");
    };
  }
}
