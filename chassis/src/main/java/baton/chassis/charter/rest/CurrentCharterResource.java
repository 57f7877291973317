package baton.chassis.charter.rest;

import baton.chassis.access.Role;
import baton.chassis.charter.Charters;
import baton.chassis.paging.ETags;
import baton.contracts.Vocabulary;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.util.List;

/** The charter that this service judges by now, so that a script can wait for a new one. */
@Path("/charters/current")
@Produces(MediaType.APPLICATION_JSON)
public class CurrentCharterResource {
  /** The terms in force; {@code handRaising} are the kinds of touch that make an MQL. */
  public record CurrentCharter(
      int version, String name, String zone, List<String> handRaising, Vocabulary vocabulary) {}

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
    int version = charters.versionAt(clock.instant());
    return Response.ok(
            new CurrentCharter(
                version,
                "Baton's own defaults",
                charters.zone(version),
                Vocabulary.HAND_RAISING.stream().sorted().toList(),
                charters.vocabulary(version)))
        .header("ETag", ETags.of(version))
        .build();
  }
}
