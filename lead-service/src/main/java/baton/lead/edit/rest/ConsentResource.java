package baton.lead.edit.rest;

import baton.chassis.access.CurrentCaller;
import baton.chassis.access.Role;
import baton.chassis.command.PathId;
import baton.chassis.idempotency.Answer;
import baton.chassis.idempotency.Idempotency;
import baton.chassis.trace.Trace;
import baton.lead.capture.ConsentPart;
import baton.lead.dossier.Agreed;
import baton.lead.dossier.Consent;
import baton.lead.dossier.Consents;
import baton.lead.dossier.Lead;
import baton.lead.dossier.Leads;
import baton.lead.edit.Edits;
import baton.lead.privacy.Rights;
import com.github.f4b6a3.uuid.UuidCreator;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.jspecify.annotations.Nullable;

/** What a lead agrees to, and how that is known. */
@Path("/leads/{leadId}/consents")
@RolesAllowed({Role.Name.MARKETING, Role.Name.ADMIN})
@Produces(MediaType.APPLICATION_JSON)
class ConsentResource {
  private static final String WHATEVER = "*";

  /** How each purpose stands. */
  record Standing(UUID leadId, List<Consent> consent) {}

  /** What was said once, with its evidence. */
  record Said(
      String purpose,
      boolean given,
      Instant at,
      @Nullable String text,
      @Nullable String version,
      @Nullable String source,
      Instant heardAt) {
    static Said of(Agreed agreed) {
      var evidence = agreed.evidence();
      var consent = evidence.consent();
      return new Said(
          consent.purpose(),
          consent.given(),
          consent.at(),
          evidence.wording(),
          evidence.version(),
          evidence.source(),
          agreed.heardAt());
    }
  }

  record History(List<Said> items) {}

  private final Leads leads;
  private final Consents consents;
  private final Edits edits;
  private final Rights rights;
  private final Idempotency idempotency;
  private final CurrentCaller caller;
  private final InstantSource clock;
  private final Trace trace;

  ConsentResource(
      Leads leads,
      Consents consents,
      Edits edits,
      Rights rights,
      Idempotency idempotency,
      CurrentCaller caller,
      InstantSource clock,
      Trace trace) {
    this.leads = leads;
    this.consents = consents;
    this.edits = edits;
    this.rights = rights;
    this.idempotency = idempotency;
    this.caller = caller;
    this.clock = clock;
    this.trace = trace;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "A lead agrees to a purpose, or withdraws that",
      description =
          "Kept with its evidence, whatever order it is told in; the latest word on each purpose"
              + " counts. No If-Match is needed.")
  public Uni<Response> say(
      @PathParam("leadId") String leadId,
      @HeaderParam("Idempotency-Key") @Nullable String key,
      @RequestBody(content = @Content(schema = @Schema(implementation = ConsentPart.class)))
          byte[] body) {
    var id = id(leadId);
    var passId = UuidCreator.getTimeOrderedEpoch();
    var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    var change = edits.agreed(body, now);
    var traceparent = trace.current();
    return idempotency.once(
        key,
        caller.get(),
        "/leads/" + id + "/consents",
        body,
        tx ->
            leads
                .edit(tx, id, passId, WHATEVER, change, now, traceparent)
                .chain(lead -> lead == null ? rights.absent(id) : answer(lead)));
  }

  private static Uni<Answer> answer(Lead lead) {
    return Uni.createFrom()
        .item(Answer.json(200, new Standing(lead.leadId(), lead.facts().consent())));
  }

  @GET
  @Operation(summary = "All that a lead ever said of its consent, with the evidence")
  public Uni<History> history(@PathParam("leadId") String leadId) {
    var id = id(leadId);
    return leads
        .find(id)
        .chain(
            lead ->
                lead == null
                    ? rights.absent(id)
                    : consents
                        .of(id)
                        .map(said -> new History(said.stream().map(Said::of).toList())));
  }

  private static UUID id(String leadId) {
    return PathId.of(leadId, Lead::unknown);
  }
}
