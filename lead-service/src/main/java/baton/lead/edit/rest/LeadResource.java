package baton.lead.edit.rest;

import baton.chassis.access.Role;
import baton.chassis.command.PathId;
import baton.chassis.command.Times;
import baton.chassis.database.Transactions;
import baton.chassis.paging.Cursor;
import baton.chassis.paging.ETags;
import baton.chassis.paging.Page;
import baton.chassis.problem.Faults;
import baton.chassis.trace.Trace;
import baton.lead.dossier.Lead;
import baton.lead.dossier.Leads;
import baton.lead.dossier.Leads.Search;
import baton.lead.dossier.Stage;
import baton.lead.edit.EditBody;
import baton.lead.edit.Edits;
import baton.lead.privacy.Rights;
import com.github.f4b6a3.uuid.UuidCreator;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.jspecify.annotations.Nullable;

@Path("/leads")
@RolesAllowed({Role.Name.MARKETING, Role.Name.ADMIN})
@Produces(MediaType.APPLICATION_JSON)
class LeadResource {
  private static final String MERGE_PATCH = "application/merge-patch+json";

  private final Leads leads;
  private final Edits edits;
  private final Rights rights;
  private final Transactions transactions;
  private final InstantSource clock;
  private final Trace trace;

  LeadResource(
      Leads leads,
      Edits edits,
      Rights rights,
      Transactions transactions,
      InstantSource clock,
      Trace trace) {
    this.leads = leads;
    this.edits = edits;
    this.rights = rights;
    this.transactions = transactions;
    this.clock = clock;
    this.trace = trace;
  }

  @GET
  public Uni<Page<LeadView>> search(
      @QueryParam("stage") @Nullable String stage,
      @QueryParam("source") @Nullable String source,
      @QueryParam("campaign") @Nullable String campaign,
      @QueryParam("persona") @Nullable String persona,
      @QueryParam("updatedSince") @Nullable String updatedSince,
      @QueryParam("q") @Nullable String q,
      @QueryParam("limit") @Nullable Integer limit,
      @QueryParam("cursor") @Nullable String cursor) {
    var faults = new Faults();
    var at = faults.oneOfIfGiven(Stage.values(), Stage::word, stage, "/stage");
    var since = since(updatedSince, faults);
    faults.throwIfAny();
    var keys = Cursor.read(cursor, since == null ? 1 : 2);
    int most = Cursor.limit(limit);
    return leads
        .search(
            new Search(
                at,
                source,
                campaign,
                persona,
                since,
                q == null || q.isBlank() ? null : q.strip(),
                keys,
                most))
        .map(page -> new Page<>(page.items().stream().map(LeadView::of).toList(), page.next()));
  }

  @GET
  @Path("{leadId}")
  public Uni<Response> lead(@PathParam("leadId") String leadId) {
    var id = PathId.of(leadId, Lead::unknown);
    return leads.find(id).chain(lead -> answer(id, lead));
  }

  @PATCH
  @Path("{leadId}")
  @Consumes({MERGE_PATCH, MediaType.APPLICATION_JSON})
  public Uni<Response> edit(
      @PathParam("leadId") String leadId,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @RequestBody(content = @Content(schema = @Schema(implementation = EditBody.class)))
          byte[] body) {
    var id = PathId.of(leadId, Lead::unknown);
    var passId = UuidCreator.getTimeOrderedEpoch();
    var patch = edits.patch(body);
    var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    var traceparent = trace.current();
    return transactions
        .run(
            tx ->
                leads.edit(
                    tx,
                    id,
                    passId,
                    ifMatch,
                    lead -> edits.edited(lead, patch, now),
                    now,
                    traceparent))
        .chain(lead -> answer(id, lead));
  }

  private Uni<Response> answer(UUID leadId, @Nullable Lead lead) {
    return lead == null
        ? rights.absent(leadId)
        : Uni.createFrom()
            .item(
                Response.ok(LeadView.of(lead))
                    .header(HttpHeaders.ETAG, ETags.of(lead.revision()))
                    .build());
  }

  /** A plus sign that nobody escaped arrives as a space. */
  private static @Nullable Instant since(@Nullable String text, Faults faults) {
    try {
      return text == null ? null : Times.read(text.replace(' ', '+'));
    } catch (DateTimeException bad) {
      faults.add("/updatedSince", "must be an RFC 3339 time with an offset");
      return null;
    }
  }
}
