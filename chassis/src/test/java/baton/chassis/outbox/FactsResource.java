package baton.chassis.outbox;

import static baton.chassis.outbox.Facts.fact;

import baton.chassis.access.Role;
import baton.chassis.database.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import java.util.UUID;

/** A command, as small as can be. */
@Path("/facts")
@RolesAllowed(Role.Name.SALES)
public class FactsResource {
  @Inject Transactions transactions;
  @Inject Outbox outbox;

  @POST
  @Path("{lead}")
  public Uni<Void> tell(@PathParam("lead") UUID lead) {
    return transactions.run(tx -> outbox.append(tx, List.of(fact(lead, 1))));
  }
}
