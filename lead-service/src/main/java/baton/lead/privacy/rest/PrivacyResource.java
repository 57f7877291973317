package baton.lead.privacy.rest;

import baton.chassis.access.Role;
import baton.chassis.command.PathId;
import baton.lead.dossier.Lead;
import baton.lead.privacy.Receipt;
import baton.lead.privacy.Rights;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;

@Path("/leads/{leadId}")
@RolesAllowed(Role.Name.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
class PrivacyResource {
  private final Rights rights;

  PrivacyResource(Rights rights) {
    this.rights = rights;
  }

  @DELETE
  @Operation(
      summary = "Erase a lead",
      description =
          "Nothing personal is left of it, here and in every service that hears of it; what is"
              + " counted stays counted. Asked again, the same receipt is answered. Its GET is 410"
              + " from then on.")
  public Uni<Receipt> erase(@PathParam("leadId") String leadId) {
    return rights.erase(id(leadId));
  }

  @GET
  @Path("export")
  @Operation(
      summary = "All that is kept of a lead",
      description =
          "For whoever asks what is known of them: every place that holds personal data, as a"
              + " download.")
  public Uni<Response> export(@PathParam("leadId") String leadId) {
    var id = id(leadId);
    return rights
        .told(id)
        .map(
            told -> {
              var all = new LinkedHashMap<String, Object>();
              all.put("leadId", id);
              all.putAll(told);
              return Response.ok(all)
                  .header("Content-Disposition", "attachment; filename=\"lead-" + id + ".json\"")
                  .header("Cache-Control", "no-store")
                  .build();
            });
  }

  private static UUID id(String leadId) {
    return PathId.of(leadId, Lead::unknown);
  }
}
