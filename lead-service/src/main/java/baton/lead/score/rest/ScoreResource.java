package baton.lead.score.rest;

import baton.chassis.access.Role;
import baton.chassis.charter.Charters;
import baton.chassis.command.PathId;
import baton.lead.dossier.Lead;
import baton.lead.dossier.Leads;
import baton.lead.privacy.Rights;
import baton.lead.score.Score;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

@Path("/leads/{leadId}/score")
@RolesAllowed({Role.Name.MARKETING, Role.Name.ADMIN})
@Produces(MediaType.APPLICATION_JSON)
class ScoreResource {
  private final Leads leads;
  private final Rights rights;
  private final Charters charters;
  private final InstantSource clock;

  ScoreResource(Leads leads, Rights rights, Charters charters, InstantSource clock) {
    this.leads = leads;
    this.rights = rights;
    this.charters = charters;
    this.clock = clock;
  }

  @GET
  public Uni<Score> score(@PathParam("leadId") String leadId) {
    var id = PathId.of(leadId, Lead::unknown);
    return leads
        .judged(id)
        .chain(
            known -> {
              if (known == null) {
                return rights.absent(id);
              }
              var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
              return Uni.createFrom().item(Score.of(known, charters.at(now), now));
            });
  }
}
