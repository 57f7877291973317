package baton.chassis.charter.rest;

import baton.chassis.access.Role;
import baton.chassis.charter.Charters;
import baton.chassis.paging.ETags;
import baton.contracts.Vocabulary;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The charter that this service judges by now, so that a script can wait for a new one. */
@Path("/charters/current")
@Produces(MediaType.APPLICATION_JSON)
public class CurrentCharterResource {
  /**
   * The terms in force. {@code effectiveFrom} is null for version 0, which always was; {@code
   * document} is the charter whole.
   */
  public record CurrentCharter(
      int version,
      String name,
      String contentHash,
      @Nullable Instant effectiveFrom,
      String zone,
      Vocabulary vocabulary,
      JsonNode document) {}

  private final Charters charters;
  private final InstantSource clock;

  CurrentCharterResource(Charters charters, InstantSource clock) {
    this.charters = charters;
    this.clock = clock;
  }

  @GET
  @RolesAllowed({
    Role.Name.MARKETING,
    Role.Name.SALES,
    Role.Name.SALES_MANAGER,
    Role.Name.REPORT,
    Role.Name.ADMIN
  })
  public Response current() {
    var signed = charters.at(clock.instant());
    var agreement = signed.agreement();
    return Response.ok(
            new CurrentCharter(
                signed.version(),
                agreement.terms().name(),
                agreement.contentHash(),
                signed.version() == 0 ? null : signed.effectiveFrom(),
                agreement.calendar().zone().getId(),
                agreement.vocabulary(),
                agreement.document()))
        .header("ETag", ETags.of(signed.version()))
        .build();
  }
}
