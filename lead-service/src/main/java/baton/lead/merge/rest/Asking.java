package baton.lead.merge.rest;

import baton.chassis.access.CurrentCaller;
import baton.chassis.audit.Audit;
import baton.chassis.command.CommandReader;
import baton.chassis.command.PathId;
import baton.chassis.idempotency.Answer;
import baton.chassis.idempotency.Idempotency;
import baton.chassis.trace.Trace;
import baton.lead.dossier.Lead;
import baton.lead.dossier.Merge;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Does what is asked of a lead's merges once, and notes who asked. */
@ApplicationScoped
class Asking {
  /** What can be asked, and what it answers once done. */
  enum Act {
    MERGE("lead.merged", 201),
    UNMERGE("lead.unmerged", 200);

    private final String noted;
    private final int status;

    Act(String noted, int status) {
      this.noted = noted;
      this.status = status;
    }

    private String call() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Which id a body gives.
   *
   * @param pointer where it stands
   */
  record Naming<T>(Class<T> form, Function<T, @Nullable UUID> id, String pointer) {}

  /** What is done with a lead and with what a body names. */
  @FunctionalInterface
  interface Effect {
    Uni<Merge> of(
        SqlConnection tx, UUID leadId, UUID named, Instant now, @Nullable String traceparent);
  }

  private final CommandReader reader;
  private final Idempotency idempotency;
  private final CurrentCaller caller;
  private final Audit audit;
  private final InstantSource clock;
  private final Trace trace;

  Asking(
      CommandReader reader,
      Idempotency idempotency,
      CurrentCaller caller,
      Audit audit,
      InstantSource clock,
      Trace trace) {
    this.reader = reader;
    this.idempotency = idempotency;
    this.caller = caller;
    this.audit = audit;
    this.clock = clock;
    this.trace = trace;
  }

  <T> Uni<Response> once(
      Act act, String leadId, @Nullable String key, byte[] body, Naming<T> naming, Effect effect) {
    var lead = PathId.of(leadId, Lead::unknown);
    var named =
        reader.make(
            body,
            naming.form(),
            (given, faults) -> {
              faults.require(naming.id().apply(given), naming.pointer());
              return naming.id().apply(given);
            });
    var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    var traceparent = trace.current();
    return idempotency.once(
        key,
        caller.get(),
        "/leads/" + lead + "/" + act.call(),
        body,
        tx ->
            effect
                .of(tx, lead, named, now, traceparent)
                .call(merge -> noted(tx, act, merge))
                .map(
                    merge ->
                        Answer.json(act.status, merge)
                            .with("Location", "/leads/" + merge.survivor() + "/merges")));
  }

  private Uni<Void> noted(SqlConnection tx, Act act, Merge merge) {
    return audit.note(
        tx,
        act.noted,
        merge.survivor().toString(),
        Map.of("mergeId", merge.mergeId().toString(), "absorbed", merge.absorbed().toString()));
  }
}
