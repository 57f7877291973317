package baton.lead.timeline.rest;

import baton.chassis.access.Role;
import baton.chassis.command.PathId;
import baton.chassis.paging.Cursor;
import baton.chassis.paging.Page;
import baton.lead.dossier.Lead;
import baton.lead.dossier.Leads;
import baton.lead.privacy.Rights;
import baton.lead.timeline.Timeline;
import baton.lead.timeline.Timeline.Entry;
import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

@Path("/leads/{leadId}/timeline")
@RolesAllowed({Role.Name.MARKETING, Role.Name.ADMIN})
@Produces(MediaType.APPLICATION_JSON)
class TimelineResource {

  /** What happened once: which topic says so, and what it says. */
  record Happened(Instant occurredAt, String topic, JsonNode fact) {
    static Happened of(Entry entry) {
      return new Happened(entry.at(), entry.topic(), entry.fact());
    }
  }

  private final Leads leads;
  private final Timeline timeline;
  private final Rights rights;

  TimelineResource(Leads leads, Timeline timeline, Rights rights) {
    this.leads = leads;
    this.timeline = timeline;
    this.rights = rights;
  }

  @GET
  @Operation(
      summary = "A lead's history across services",
      description =
          "The oldest first: its capture and touches, its latest MQL, each step of its handoffs,"
              + " outcomes, breaches and feedback.")
  public Uni<Page<Happened>> history(
      @PathParam("leadId") String leadId,
      @QueryParam("limit") @Nullable Integer limit,
      @QueryParam("cursor") @Nullable String cursor) {
    var id = PathId.of(leadId, Lead::unknown);
    int most = Cursor.limit(limit);
    var keys = Cursor.read(cursor, 2);
    var at = keys.isEmpty() ? null : Cursor.instant(keys, 0);
    var after = keys.isEmpty() ? null : Cursor.id(keys, 1);
    return leads
        .find(id)
        .chain(
            lead ->
                lead == null
                    ? rights.absent(id)
                    : timeline
                        .of(id, at, after, most + 1)
                        .map(
                            found ->
                                Page.of(
                                    found,
                                    most,
                                    Happened::of,
                                    last -> Cursor.of(last.at(), last.id()))));
  }
}
