package baton.lead.merge.rest;

import baton.chassis.access.CurrentCaller;
import baton.chassis.audit.Audit;
import baton.chassis.idempotency.Answer;
import baton.chassis.idempotency.Idempotency;
import baton.lead.dossier.Merge;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
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
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  private final Idempotency idempotency;
  private final CurrentCaller caller;
  private final Audit audit;

  Asking(Idempotency idempotency, CurrentCaller caller, Audit audit) {
    this.idempotency = idempotency;
    this.caller = caller;
    this.audit = audit;
  }

  Uni<Response> once(
      Act act,
      UUID leadId,
      @Nullable String key,
      byte[] body,
      Function<SqlConnection, Uni<Merge>> effect) {
    return idempotency.once(
        key,
        caller.get(),
        "/leads/" + leadId + "/" + act.call(),
        body,
        tx ->
            effect
                .apply(tx)
                .call(
                    merge ->
                        audit.note(
                            tx,
                            act.noted,
                            merge.survivor().toString(),
                            Map.of(
                                "mergeId",
                                merge.mergeId().toString(),
                                "absorbed",
                                merge.absorbed().toString())))
                .map(
                    merge ->
                        Answer.json(act.status, merge)
                            .with("Location", "/leads/" + merge.survivor() + "/merges")));
  }
}
