package baton.reporting.fold.rest;

import baton.chassis.access.Role;
import baton.chassis.audit.Audit;
import baton.chassis.problem.Problem;
import baton.reporting.fold.Ledger;
import baton.reporting.funnel.Contribution;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

@Path("/rebuild")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
class RebuildResource {

  /**
   * @param state {@code idle} or {@code building}
   * @param generation the one that reports are read from
   * @param building the one being built, if any
   * @param records how many of its {@code of} records the one being built has folded
   */
  record Rebuild(
      String state,
      int generation,
      @Nullable Integer building,
      @Nullable Long records,
      @Nullable Long of,
      Instant since) {}

  private final Ledger ledger;
  private final Audit audit;

  RebuildResource(Ledger ledger, Audit audit) {
    this.ledger = ledger;
    this.audit = audit;
  }

  @POST
  @RolesAllowed(Role.Name.ADMIN)
  @APIResponse(responseCode = "202", description = "Begun")
  public RestResponse<Rebuild> rebuild() {
    if (!ledger.rebuild(Contribution.RULES)) {
      throw Problem.conflict("A rebuild is under way: see GET /rebuild.", "building");
    }
    audit
        .note("report.rebuilt", "journeys", Map.of("rules", Contribution.RULES))
        .await()
        .indefinitely();
    return RestResponse.status(RestResponse.Status.ACCEPTED, state());
  }

  @GET
  @RolesAllowed({Role.Name.REPORT, Role.Name.MARKETING, Role.Name.SALES_MANAGER, Role.Name.ADMIN})
  public Rebuild state() {
    var progress = ledger.progress();
    var state = progress.state();
    return state.building() == null
        ? new Rebuild("idle", state.live(), null, null, null, progress.since())
        : new Rebuild(
            "building",
            state.live(),
            state.building(),
            progress.folded(),
            progress.of(),
            progress.since());
  }
}
