package baton.handoff.notification.rest;

import baton.chassis.access.CurrentCaller;
import baton.chassis.access.Role;
import baton.chassis.audit.Audit;
import baton.chassis.command.CommandReader;
import baton.chassis.command.PathId;
import baton.chassis.database.Transactions;
import baton.chassis.idempotency.Answer;
import baton.chassis.paging.Cursor;
import baton.chassis.paging.Page;
import baton.chassis.problem.Faults;
import baton.chassis.problem.Problem;
import baton.handoff.notification.Deliveries;
import baton.handoff.notification.Delivery;
import baton.handoff.notification.Destinations;
import baton.handoff.notification.Format;
import baton.handoff.notification.Notice;
import baton.handoff.notification.Subscription;
import baton.handoff.notification.Subscriptions;
import com.github.f4b6a3.uuid.UuidCreator;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
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
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

@Path("/subscriptions")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.Name.MARKETING, Role.Name.SALES_MANAGER, Role.Name.ADMIN})
class SubscriptionResource {
  record Wanted(
      @Nullable String url, @Nullable List<@Nullable String> events, @Nullable String format) {}

  /** {@code oldUntil} is when the secret before it stops signing; in a day unless said. */
  record Rotation(@Nullable Instant oldUntil) {}

  /** {@code since} is when what failed was owed first. */
  record Recovery(@Nullable Instant since) {}

  record Recovered(int asked) {}

  record Rotated(String secret, Instant oldUntil) {}

  private static final int SECRET_BYTES = 32;
  private static final String SECRET_PREFIX = "whsec_";
  private static final Duration OLD_SECRET_SIGNS = Duration.ofDays(1);
  private static final Duration OLD_SECRET_SIGNS_AT_MOST = Duration.ofDays(30);
  private static final int ASKED_AT_ONCE = 1000;
  private static final byte[] NOTHING_SAID = "{}".getBytes(StandardCharsets.UTF_8);

  private final Subscriptions subscriptions;
  private final Deliveries deliveries;
  private final Destinations destinations;
  private final Transactions transactions;
  private final Audit audit;
  private final CommandReader commands;
  private final CurrentCaller caller;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  SubscriptionResource(
      Subscriptions subscriptions,
      Deliveries deliveries,
      Destinations destinations,
      Transactions transactions,
      Audit audit,
      CommandReader commands,
      CurrentCaller caller,
      InstantSource clock) {
    this.subscriptions = subscriptions;
    this.deliveries = deliveries;
    this.destinations = destinations;
    this.transactions = transactions;
    this.audit = audit;
    this.commands = commands;
    this.caller = caller;
    this.clock = clock;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Subscribe a URL to events",
      description =
          "Signed as Standard Webhooks says. The answer is the only place where the secret ever"
              + " stands, so it is not kept under an Idempotency-Key: who lost it rotates.")
  @APIResponse(responseCode = "201", description = "Made; Location says where")
  public Uni<Response> subscribe(
      @RequestBody(content = @Content(schema = @Schema(implementation = Wanted.class)))
          byte[] body) {
    var role = caller.get().role().word();
    var subscription =
        commands.make(body, Wanted.class, (wanted, faults) -> subscription(wanted, role, faults));
    var secret = secret();
    return destinations
        .objection(subscription.url())
        .invoke(
            objection ->
                objection.ifPresent(
                    why -> {
                      throw Problem.invalid("/url", why);
                    }))
        .chain(
            () ->
                transactions.run(
                    tx ->
                        subscriptions
                            .add(tx, subscription, secret)
                            .call(
                                added ->
                                    noted(
                                        tx,
                                        added,
                                        "subscription.added",
                                        subscription.subscriptionId()))))
        .map(
            added -> {
              if (!added) {
                throw Problem.conflict("There are as many subscriptions as there may be.", "full");
              }
              return Answer.json(201, SubscriptionBody.of(subscription, shown(secret)))
                  .with("Location", "/subscriptions/" + subscription.subscriptionId())
                  .with("Cache-Control", "no-store")
                  .toResponse();
            });
  }

  @GET
  public Uni<Page<SubscriptionBody>> list(
      @QueryParam("limit") @Nullable Integer limit, @QueryParam("cursor") @Nullable String cursor) {
    var owner = owner();
    var size = Cursor.limit(limit);
    var after = Cursor.id(cursor);
    return transactions
        .run(tx -> subscriptions.list(tx, owner, after, size + 1))
        .map(
            found ->
                Page.of(
                    found,
                    size,
                    each -> SubscriptionBody.of(each, null),
                    last -> Cursor.of(last.subscriptionId())));
  }

  @GET
  @Path("{id}")
  public Uni<SubscriptionBody> read(@PathParam("id") String id) {
    var owner = owner();
    var subscriptionId = PathId.of(id, SubscriptionResource::unknown);
    return transactions
        .run(tx -> find(tx, subscriptionId, owner))
        .map(found -> SubscriptionBody.of(found, null));
  }

  @DELETE
  @Path("{id}")
  @APIResponse(responseCode = "204", description = "Gone")
  public Uni<Response> remove(@PathParam("id") String id) {
    var owner = owner();
    var subscriptionId = PathId.of(id, SubscriptionResource::unknown);
    return transactions
        .run(
            tx ->
                subscriptions
                    .remove(tx, subscriptionId, owner)
                    .call(removed -> noted(tx, removed, "subscription.removed", subscriptionId)))
        .map(
            removed -> {
              if (!removed) {
                throw unknown();
              }
              return Response.noContent().build();
            });
  }

  @POST
  @Path("{id}/secret")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Mint a new secret",
      description =
          "Until oldUntil every delivery carries two signatures, one of each secret; a secret older"
              + " than both stops at once.")
  @APIResponse(responseCode = "201", description = "Made; Location says where")
  public Uni<Response> rotate(
      @PathParam("id") String id,
      @RequestBody(content = @Content(schema = @Schema(implementation = Rotation.class)))
          byte @Nullable [] body) {
    var owner = owner();
    var subscriptionId = PathId.of(id, SubscriptionResource::unknown);
    var said = body == null || body.length == 0 ? NOTHING_SAID : body;
    var oldUntil = commands.make(said, Rotation.class, this::oldUntil);
    var secret = secret();
    return transactions
        .run(
            tx ->
                find(tx, subscriptionId, owner)
                    .chain(() -> subscriptions.rotate(tx, subscriptionId, secret, oldUntil))
                    .call(() -> noted(tx, true, "subscription.rotated", subscriptionId)))
        .map(
            _ ->
                Answer.json(201, new Rotated(shown(secret), oldUntil))
                    .with("Cache-Control", "no-store")
                    .toResponse());
  }

  @POST
  @Path("{id}/enable")
  public Uni<SubscriptionBody> enable(@PathParam("id") String id) {
    var owner = owner();
    var subscriptionId = PathId.of(id, SubscriptionResource::unknown);
    return transactions
        .run(
            tx ->
                find(tx, subscriptionId, owner)
                    .chain(() -> subscriptions.enable(tx, subscriptionId))
                    .chain(() -> noted(tx, true, "subscription.enabled", subscriptionId))
                    .chain(() -> find(tx, subscriptionId, owner)))
        .map(found -> SubscriptionBody.of(found, null));
  }

  @GET
  @Path("{id}/deliveries")
  public Uni<Page<Delivery>> deliveries(
      @PathParam("id") String id,
      @QueryParam("state") @Nullable String state,
      @QueryParam("limit") @Nullable Integer limit,
      @QueryParam("cursor") @Nullable String cursor) {
    if (state != null && !Delivery.STATES.contains(state)) {
      throw Problem.invalid("/state", "must be one of " + String.join(", ", Delivery.STATES));
    }
    var owner = owner();
    var subscriptionId = PathId.of(id, SubscriptionResource::unknown);
    var size = Cursor.limit(limit);
    var before = Cursor.number(cursor);
    return transactions
        .run(
            tx ->
                find(tx, subscriptionId, owner)
                    .chain(() -> deliveries.list(tx, subscriptionId, state, before, size + 1)))
        .map(found -> Page.of(found, size, last -> Cursor.of(last.number())));
  }

  @GET
  @Path("{id}/deliveries/{number}")
  public Uni<Delivery> delivery(@PathParam("id") String id, @PathParam("number") String number) {
    var owner = owner();
    var subscriptionId = PathId.of(id, SubscriptionResource::unknown);
    var which = number(number);
    return transactions.run(
        tx -> find(tx, subscriptionId, owner).chain(() -> delivery(tx, subscriptionId, which)));
  }

  @POST
  @Path("{id}/deliveries/{number}/redeliver")
  @Operation(
      summary = "Deliver again",
      description = "Under the same webhook-id, now, and by a fresh count of attempts.")
  @APIResponse(responseCode = "202", description = "Begun")
  public Uni<Response> redeliver(@PathParam("id") String id, @PathParam("number") String number) {
    var owner = owner();
    var subscriptionId = PathId.of(id, SubscriptionResource::unknown);
    var which = number(number);
    return transactions
        .run(
            tx ->
                find(tx, subscriptionId, owner)
                    .chain(() -> deliveries.redeliver(tx, subscriptionId, which))
                    .invoke(SubscriptionResource::refuse)
                    .chain(() -> delivery(tx, subscriptionId, which)))
        .map(delivery -> Answer.json(202, delivery).toResponse());
  }

  @POST
  @Path("{id}/redeliver")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Deliver again what failed",
      description = "All that failed and was owed since then, as if each were asked for by itself.")
  @APIResponse(responseCode = "202", description = "Begun")
  public Uni<Response> redeliverFailed(
      @PathParam("id") String id,
      @RequestBody(content = @Content(schema = @Schema(implementation = Recovery.class)))
          byte[] body) {
    var owner = owner();
    var subscriptionId = PathId.of(id, SubscriptionResource::unknown);
    var since =
        commands.make(
            body,
            Recovery.class,
            (recovery, faults) -> {
              faults.require(recovery.since(), "/since");
              var given = recovery.since();
              return given == null ? clock.instant() : given;
            });
    return transactions
        .run(
            tx ->
                find(tx, subscriptionId, owner)
                    .invoke(
                        found -> {
                          if (found.disabledAt() != null) {
                            refuse(Deliveries.Redelivery.DISABLED);
                          }
                        })
                    .chain(
                        () -> deliveries.redeliverFailed(tx, subscriptionId, since, ASKED_AT_ONCE)))
        .repeat()
        .whilst(asked -> asked == ASKED_AT_ONCE)
        .collect()
        .with(Collectors.summingInt(Integer::intValue))
        .map(asked -> Answer.json(202, new Recovered(asked)).toResponse());
  }

  private static void refuse(Deliveries.Redelivery redelivery) {
    switch (redelivery) {
      case ASKED -> {}
      case UNKNOWN -> throw noDelivery();
      case UNDER_WAY -> throw Problem.conflict("It is being delivered right now.", "pending");
      case DISABLED ->
          throw Problem.conflict("The subscription is disabled: enable it first.", "disabled");
    }
  }

  private Uni<Subscription> find(SqlConnection tx, UUID subscriptionId, @Nullable String owner) {
    return subscriptions
        .find(tx, subscriptionId, owner)
        .map(found -> found.orElseThrow(SubscriptionResource::unknown));
  }

  private Uni<Delivery> delivery(SqlConnection tx, UUID subscriptionId, long number) {
    return deliveries
        .find(tx, subscriptionId, number)
        .map(found -> found.orElseThrow(SubscriptionResource::noDelivery));
  }

  private Subscription subscription(Wanted wanted, String role, Faults faults) {
    faults.require(wanted.url(), "/url");
    return new Subscription(
        UuidCreator.getTimeOrderedEpoch(),
        String.valueOf(wanted.url()),
        format(wanted.format(), faults),
        List.copyOf(events(wanted.events(), faults)),
        role,
        clock.instant().truncatedTo(ChronoUnit.MILLIS),
        null,
        null,
        null);
  }

  private static Set<String> events(@Nullable List<@Nullable String> given, Faults faults) {
    if (given == null || given.isEmpty()) {
      faults.add("/events", "must name at least one of " + String.join(", ", Notice.WORDS));
      return Set.of();
    }
    var events = new TreeSet<String>();
    for (var n = 0; n < given.size(); n++) {
      var word = given.get(n);
      if (word == null || !Notice.WORDS.contains(word)) {
        faults.addUnknown("/events/" + n, Notice.WORDS);
      } else {
        events.add(word);
      }
    }
    return events;
  }

  private static Format format(@Nullable String given, Faults faults) {
    if (given == null) {
      return Format.STANDARD;
    }
    var format = faults.oneOf(Format.values(), Format::word, given, "/format");
    return format == null ? Format.STANDARD : format;
  }

  private Instant oldUntil(Rotation rotation, Faults faults) {
    var now = clock.instant();
    var given = rotation.oldUntil();
    if (given != null && given.isAfter(now.plus(OLD_SECRET_SIGNS_AT_MOST))) {
      faults.add(
          "/oldUntil", "must be within " + OLD_SECRET_SIGNS_AT_MOST.toDays() + " days from now");
    }
    return (given == null ? now.plus(OLD_SECRET_SIGNS) : given).truncatedTo(ChronoUnit.MILLIS);
  }

  /** Whose subscriptions are in sight: a side's own, or all. */
  private @Nullable String owner() {
    var role = caller.get().role();
    return role == Role.ADMIN ? null : role.word();
  }

  private byte[] secret() {
    var secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    return secret;
  }

  private static String shown(byte[] secret) {
    return SECRET_PREFIX + Base64.getEncoder().encodeToString(secret);
  }

  private static long number(String number) {
    try {
      return Long.parseLong(number);
    } catch (NumberFormatException noNumber) {
      throw noDelivery();
    }
  }

  private static Problem unknown() {
    return Problem.notFound("There is no such subscription.");
  }

  private static Problem noDelivery() {
    return Problem.notFound("There is no such delivery.");
  }

  private Uni<Void> noted(SqlConnection tx, boolean isDone, String act, UUID subscriptionId) {
    return isDone ? audit.note(tx, act, subscriptionId.toString()) : Uni.createFrom().voidItem();
  }
}
