package baton.handoff.key.rest;

import baton.chassis.access.ApiKey.Minted;
import baton.chassis.access.Keys;
import baton.chassis.access.Role;
import baton.chassis.command.CommandReader;
import baton.chassis.database.Transactions;
import baton.chassis.idempotency.Answer;
import baton.chassis.paging.Cursor;
import baton.chassis.paging.Page;
import baton.chassis.problem.Faults;
import baton.chassis.problem.Problem;
import baton.handoff.key.AccessKeys;
import baton.handoff.key.AccessKeys.Held;
import baton.handoff.seller.Sellers;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

@Path("/keys")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.Name.ADMIN)
class KeyResource {
  record Wanted(
      @Nullable String role,
      @Nullable String sellerId,
      @Nullable String source,
      @Nullable Instant expiresAt) {}

  /** A key as it is listed; {@code key}, the token itself, only in the answer that mints it. */
  record KeyBody(
      String keyId,
      @Nullable String key,
      String role,
      @Nullable String sellerId,
      @Nullable String source,
      Instant createdAt,
      @Nullable Instant expiresAt,
      @Nullable Instant revokedAt,
      @Nullable Instant lastUsedAt) {
    static KeyBody of(Held held) {
      return of(held, null);
    }

    static KeyBody of(Held held, @Nullable String token) {
      var key = held.key();
      return new KeyBody(
          key.keyId(),
          token,
          key.role(),
          key.sellerId(),
          key.source(),
          held.mintedAt(),
          key.expiresAt(),
          key.revokedAt(),
          held.lastUsedAt());
    }
  }

  private static final int SOURCE_LENGTH = 100;

  private final AccessKeys accessKeys;
  private final Keys keys;
  private final Sellers sellers;
  private final Transactions transactions;
  private final CommandReader commands;
  private final InstantSource clock;

  KeyResource(
      AccessKeys accessKeys,
      Keys keys,
      Sellers sellers,
      Transactions transactions,
      CommandReader commands,
      InstantSource clock) {
    this.accessKeys = accessKeys;
    this.keys = keys;
    this.sellers = sellers;
    this.transactions = transactions;
    this.commands = commands;
    this.clock = clock;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Mint a key",
      description =
          "The answer is the only place where the key ever stands, so it is not kept under an"
              + " Idempotency-Key: who lost it revokes the key and mints another. Two of one role,"
              + " seller and source hold side by side, so that one can replace the other.")
  @APIResponse(responseCode = "201", description = "Made; Location says where")
  public Uni<Response> mint(
      @RequestBody(content = @Content(schema = @Schema(implementation = Wanted.class)))
          byte[] body) {
    var wanted = commands.read(body, Wanted.class, this::check);
    return known(wanted.sellerId())
        .map(
            seller ->
                keys.mint(
                    role(wanted), wanted.sellerId(), wanted.source(), millis(wanted.expiresAt())))
        .chain(
            minted ->
                transactions
                    .run(tx -> accessKeys.add(tx, minted.key()))
                    .map(added -> told(minted, added)));
  }

  private static Response told(Minted minted, boolean isAdded) {
    if (!isAdded) {
      throw Problem.conflict(
          "%d keys of this role, seller and source hold: revoke one, or name another source."
              .formatted(AccessKeys.SIDE_BY_SIDE),
          "two-live");
    }
    var key = minted.key();
    return Answer.json(201, KeyBody.of(new Held(key, key.occurredAt(), null), minted.token()))
        .with("Location", "/keys/" + key.keyId())
        .with("Cache-Control", "no-store")
        .toResponse();
  }

  @GET
  @Operation(
      summary = "The keys minted here",
      description = "lastUsedAt is the hour of the last use at this service; see GET /key-uses.")
  public Uni<Page<KeyBody>> list(
      @QueryParam("limit") @Nullable Integer limit, @QueryParam("cursor") @Nullable String cursor) {
    var size = Cursor.limit(limit);
    var after = Cursor.read(cursor);
    return transactions
        .run(tx -> accessKeys.list(tx, after.isEmpty() ? null : after.getFirst(), size + 1))
        .map(found -> Page.of(found, size, KeyBody::of, last -> Cursor.of(last.key().keyId())));
  }

  @DELETE
  @Path("{id}")
  @APIResponse(responseCode = "204", description = "Gone")
  public Uni<Response> revoke(@PathParam("id") String id) {
    var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return transactions
        .run(tx -> accessKeys.revoke(tx, id, now))
        .map(
            isOurs -> {
              if (!isOurs) {
                throw Problem.notFound("No key of this id was minted here.");
              }
              return Response.noContent().build();
            });
  }

  private void check(Wanted wanted, Faults faults) {
    var role = faults.oneOf(Role.values(), Role::word, wanted.role(), "/role");
    if (role != null && wanted.sellerId() != null && role != Role.SALES) {
      faults.add("/sellerId", "only a sales key is a seller's");
    }
    var source = wanted.source();
    if (source != null && (source.isBlank() || source.length() > SOURCE_LENGTH)) {
      faults.add("/source", "must be 1 to " + SOURCE_LENGTH + " characters");
    }
    var expiresAt = wanted.expiresAt();
    if (expiresAt != null && !expiresAt.isAfter(clock.instant())) {
      faults.add("/expiresAt", "must be in the future");
    }
  }

  private Uni<Boolean> known(@Nullable String sellerId) {
    if (sellerId == null) {
      return Uni.createFrom().item(false);
    }
    return sellers
        .find(sellerId)
        .map(
            found -> {
              if (found.isEmpty()) {
                throw Problem.invalid("/sellerId", "must be the id of a seller");
              }
              return true;
            });
  }

  private static Role role(Wanted wanted) {
    return Role.named(String.valueOf(wanted.role())).orElseThrow();
  }

  private static @Nullable Instant millis(@Nullable Instant instant) {
    return instant == null ? null : instant.truncatedTo(ChronoUnit.MILLIS);
  }
}
