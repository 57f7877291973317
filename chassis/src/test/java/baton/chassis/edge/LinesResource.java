package baton.chassis.edge;

import static java.nio.charset.StandardCharsets.US_ASCII;

import baton.chassis.access.Role;
import baton.chassis.lines.Lines;
import io.smallrye.mutiny.Multi;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;

/** Says how long each line was. */
@Path("/lines")
public class LinesResource {
  @POST
  @RolesAllowed({Role.Name.SALES, Role.Name.ADMIN})
  @Consumes("application/x-ndjson")
  @Produces("application/x-ndjson")
  public Multi<byte[]> read(@Context HttpServerRequest request) {
    return Lines.answers(
        request,
        (_, line) ->
            Future.succeededFuture(("{\"length\":" + line.length + "}").getBytes(US_ASCII)));
  }
}
