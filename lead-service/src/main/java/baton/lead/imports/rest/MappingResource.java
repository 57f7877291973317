package baton.lead.imports.rest;

import baton.chassis.access.Role;
import baton.chassis.command.CommandReader;
import baton.chassis.mapping.MappingBody;
import baton.chassis.mapping.MappingReader;
import baton.chassis.paging.Cursor;
import baton.chassis.paging.Page;
import baton.chassis.problem.Faults;
import baton.chassis.problem.Problem;
import baton.lead.imports.SavedMapping;
import baton.lead.imports.SavedMappings;
import baton.lead.tool.Into;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

@Path("/mappings")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.Name.MARKETING, Role.Name.ADMIN})
class MappingResource {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

  private final SavedMappings mappings;
  private final CommandReader commands;

  MappingResource(SavedMappings mappings, CommandReader commands) {
    this.mappings = mappings;
    this.commands = commands;
  }

  @PUT
  @Path("{name}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Keep a mapping by its name, in place of the one before",
      description = "Imports that are under way go on by the one they began with.")
  public Uni<SavedMapping> save(
      @RestPath String name,
      @RequestBody(content = @Content(schema = @Schema(implementation = MappingBody.class)))
          byte[] body) {
    var mapping =
        commands.make(body, MappingBody.class, (given, faults) -> right(name, given, faults));
    return mappings.save(name, mapping);
  }

  private static MappingBody right(String name, MappingBody given, Faults faults) {
    if (!NAME.matcher(name).matches()) {
      faults.add("", "the name must be 1 to 64 small letters, digits, dots, dashes or underscores");
    }
    MappingReader.read(given, Into.values(), "", faults);
    return given;
  }

  @GET
  @Operation(summary = "The mappings that are kept, by their names")
  public Uni<Page<SavedMapping>> list(
      @QueryParam("limit") @Nullable Integer limit, @QueryParam("cursor") @Nullable String cursor) {
    int most = Cursor.limit(limit);
    return mappings
        .list(after(Cursor.read(cursor)), most + 1)
        .map(found -> Page.of(found, most, last -> Cursor.of(last.name())));
  }

  private static @Nullable String after(List<String> keys) {
    return keys.isEmpty() ? null : keys.getFirst();
  }

  @GET
  @Path("{name}")
  @Operation(summary = "A mapping that is kept")
  public Uni<SavedMapping> show(@RestPath String name) {
    return mappings
        .find(name)
        .map(found -> found.orElseThrow(() -> Problem.notFound("No mapping has this name.")));
  }
}
