package baton.chassis.edge;

import baton.chassis.access.CurrentCaller;
import baton.chassis.access.Role;
import baton.chassis.audit.Audit;
import baton.chassis.command.CommandReader;
import baton.chassis.idempotency.Answer;
import baton.chassis.idempotency.Idempotency;
import baton.chassis.paging.Cursor;
import baton.chassis.paging.ETags;
import baton.chassis.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Orders things, one row each. */
@Path("/orders")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class ShopResource {
  public record Order(@Nullable String thing, @Nullable Integer pieces) {}

  private final CommandReader reader;
  private final Idempotency idempotency;
  private final CurrentCaller caller;
  private final Audit audit;
  private final Pool pool;

  ShopResource(
      CommandReader reader, Idempotency idempotency, CurrentCaller caller, Audit audit, Pool pool) {
    this.reader = reader;
    this.audit = audit;
    this.idempotency = idempotency;
    this.caller = caller;
    this.pool = pool;
  }

  @POST
  @RolesAllowed({Role.Name.SALES, Role.Name.ADMIN})
  public Uni<Response> order(@HeaderParam("Idempotency-Key") @Nullable String key, byte[] body) {
    var order =
        reader.read(body, Order.class, (read, faults) -> faults.require(read.thing(), "/thing"));
    return idempotency.once(key, caller.get(), "/orders", body, tx -> put(tx, order));
  }

  private Uni<Answer> put(SqlConnection tx, Order order) {
    if ("refused".equals(order.thing())) {
      return tx.query("INSERT INTO thing_ordered (thing) VALUES ('refused')")
          .execute()
          .chain(done -> Uni.createFrom().failure(Problem.conflict("Not this one.", "sold-out")));
    }
    return tx.preparedQuery("INSERT INTO thing_ordered (thing) VALUES ($1) RETURNING id")
        .execute(Tuple.of(order.thing()))
        .map(rows -> rows.iterator().next().getLong(0))
        .call(
            id ->
                audit.note(
                    tx,
                    "order.placed",
                    Long.toString(id),
                    Map.of("pieces", order.pieces() == null ? 1 : order.pieces())))
        .map(
            id ->
                Answer.json(201, Map.of("order", id, "by", caller.get().keyId()))
                    .with("Location", "/orders/" + order.thing()));
  }

  @GET
  @RolesAllowed({Role.Name.SALES, Role.Name.ADMIN})
  public List<String> list(
      @QueryParam("limit") @Nullable Integer limit, @QueryParam("cursor") @Nullable String cursor) {
    Cursor.limit(limit);
    return Cursor.read(cursor);
  }

  @GET
  @Path("{id}")
  @RolesAllowed({Role.Name.SALES, Role.Name.ADMIN})
  public Map<String, Object> one(@RestPath UUID id) {
    throw Problem.notFound("There is no order of this id.");
  }

  @PATCH
  @Path("{id}")
  @RolesAllowed({Role.Name.SALES, Role.Name.ADMIN})
  @Consumes("application/merge-patch+json")
  public Response change(
      @RestPath UUID id, @HeaderParam("If-Match") @Nullable String ifMatch, byte[] body) {
    ETags.match(ifMatch, 7);
    return Response.ok().tag("7").build();
  }

  @GET
  @Path("failures/{kind}")
  @RolesAllowed({Role.Name.ADMIN})
  public Uni<String> fail(@RestPath String kind) {
    return switch (kind) {
      case "statement" -> pool.query("SELECT * FROM ada_lovelace").execute().map(Object::toString);
      case "constraint" ->
          pool.query("INSERT INTO thing_ordered (id, thing) VALUES (-1, 'a'), (-1, 'b')")
              .execute()
              .map(Object::toString);
      case "unfit" ->
          pool.preparedQuery("SELECT $1::text")
              .execute(Tuple.of("NUL \u0000"))
              .map(Object::toString);
      case "timeout" ->
          pool.withTransaction(
              tx ->
                  tx.query("SET LOCAL statement_timeout = 1")
                      .execute()
                      .chain(set -> tx.query("SELECT pg_sleep(5)").execute())
                      .map(Object::toString));
      case "wrapped" ->
          Uni.createFrom()
              .failure(
                  new java.util.concurrent.CompletionException(
                      Problem.unavailable(Duration.ofSeconds(7))));
      default -> throw new IllegalStateException("ada@example.com could not be found");
    };
  }

  @GET
  @Path("unannotated")
  public String unannotated() {
    return "nobody gets here";
  }
}
