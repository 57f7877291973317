package baton.handoff.pass.rest;

import baton.chassis.access.CurrentCaller;
import baton.chassis.access.Role;
import baton.chassis.charter.Charters;
import baton.chassis.command.CommandReader;
import baton.chassis.command.OccurredAt;
import baton.chassis.command.Times;
import baton.chassis.idempotency.Idempotency;
import baton.chassis.problem.Faults;
import baton.chassis.problem.Problem;
import baton.contracts.Vocabulary;
import baton.handoff.pass.Answer.Accept;
import baton.handoff.pass.Answer.Attempt;
import baton.handoff.pass.Answer.GiveBack;
import baton.handoff.pass.Answer.Qualify;
import baton.handoff.pass.Answer.Reassign;
import baton.handoff.pass.Answer.Reject;
import baton.handoff.pass.Handoffs;
import baton.handoff.pass.Moment;
import baton.handoff.pass.Result;
import baton.handoff.pass.Verdict.Moved;
import baton.handoff.pass.Verdict.Refused;
import baton.handoff.routing.Roster;
import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.jspecify.annotations.Nullable;

/** What sellers and their managers answer to a handoff. */
@Path("/handoffs")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.Name.SALES, Role.Name.SALES_MANAGER, Role.Name.ADMIN})
class HandoffResource {
  /** A command that says when it happened. */
  interface Dated {
    @Nullable Instant occurredAt();
  }

  record Acceptance(@Nullable Instant occurredAt) implements Dated {}

  record Rejection(@Nullable String reason, @Nullable String note, @Nullable Instant occurredAt)
      implements Dated {}

  record Try(@Nullable String channel, @Nullable String result, @Nullable Instant occurredAt)
      implements Dated {}

  record Qualification(@Nullable Map<String, JsonNode> facts, @Nullable Instant occurredAt)
      implements Dated {}

  /** {@code until} is a date, which begins in the charter's zone, or an instant. */
  record GivenBack(@Nullable String reason, @Nullable String until, @Nullable Instant occurredAt)
      implements Dated {}

  record Reassignment(@Nullable String seller, @Nullable Instant occurredAt) implements Dated {}

  private record Command(baton.handoff.pass.Answer answer, Moment moment) {}

  private static final byte[] NOTHING_SAID = "{}".getBytes(StandardCharsets.UTF_8);
  private static final Pattern CHANNEL = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+){0,5}");
  private static final int CHANNEL_LENGTH = 40;
  private static final int NOTE_LENGTH = 2000;

  private final Handoffs handoffs;
  private final HandoffReading reading;
  private final Roster roster;
  private final Idempotency idempotency;
  private final CommandReader commands;
  private final CurrentCaller caller;
  private final Charters charters;
  private final InstantSource clock;

  HandoffResource(
      Handoffs handoffs,
      HandoffReading reading,
      Roster roster,
      Idempotency idempotency,
      CommandReader commands,
      CurrentCaller caller,
      Charters charters,
      InstantSource clock) {
    this.handoffs = handoffs;
    this.reading = reading;
    this.roster = roster;
    this.idempotency = idempotency;
    this.commands = commands;
    this.caller = caller;
    this.charters = charters;
    this.clock = clock;
  }

  @POST
  @Path("{id}/accept")
  public Uni<Response> accept(
      @PathParam("id") String id,
      @HeaderParam("Idempotency-Key") @Nullable String key,
      @Context UriInfo uri,
      @RequestBody(content = @Content(schema = @Schema(implementation = Acceptance.class)))
          byte @Nullable [] body) {
    var said = said(body);
    var command = read(said, Acceptance.class, (acceptance, faults) -> new Accept());
    return answered(id, key, uri, said, command);
  }

  @POST
  @Path("{id}/reject")
  public Uni<Response> reject(
      @PathParam("id") String id,
      @HeaderParam("Idempotency-Key") @Nullable String key,
      @Context UriInfo uri,
      @RequestBody(content = @Content(schema = @Schema(implementation = Rejection.class)))
          byte @Nullable [] body) {
    var said = said(body);
    var command =
        read(
            said,
            Rejection.class,
            (rejection, faults) -> {
              faults.fits(rejection.note(), NOTE_LENGTH, "/note");
              var reason =
                  word(
                      rejection.reason(),
                      "/reason",
                      vocabulary(rejection).rejectionReasons(),
                      faults);
              return new Reject(reason, rejection.note());
            });
    return answered(id, key, uri, said, command);
  }

  @POST
  @Path("{id}/attempts")
  public Uni<Response> attempt(
      @PathParam("id") String id,
      @HeaderParam("Idempotency-Key") @Nullable String key,
      @Context UriInfo uri,
      @RequestBody(content = @Content(schema = @Schema(implementation = Try.class)))
          byte @Nullable [] body) {
    var said = said(body);
    var command =
        read(
            said,
            Try.class,
            (attempt, faults) ->
                new Attempt(channel(attempt.channel(), faults), result(attempt.result(), faults)));
    return answered(id, key, uri, said, command);
  }

  @POST
  @Path("{id}/qualify")
  public Uni<Response> qualify(
      @PathParam("id") String id,
      @HeaderParam("Idempotency-Key") @Nullable String key,
      @Context UriInfo uri,
      @RequestBody(content = @Content(schema = @Schema(implementation = Qualification.class)))
          byte @Nullable [] body) {
    var said = said(body);
    var command =
        read(
            said,
            Qualification.class,
            (qualification, faults) -> {
              var facts = qualification.facts();
              return new Qualify(facts == null ? Map.of() : facts);
            });
    return answered(id, key, uri, said, command);
  }

  @POST
  @Path("{id}/return")
  public Uni<Response> giveBack(
      @PathParam("id") String id,
      @HeaderParam("Idempotency-Key") @Nullable String key,
      @Context UriInfo uri,
      @RequestBody(content = @Content(schema = @Schema(implementation = GivenBack.class)))
          byte @Nullable [] body) {
    var said = said(body);
    var command =
        read(
            said,
            GivenBack.class,
            (back, faults) ->
                new GiveBack(
                    word(back.reason(), "/reason", vocabulary(back).returnReasons(), faults),
                    until(back, faults)));
    return answered(id, key, uri, said, command);
  }

  @POST
  @Path("{id}/reassign")
  @RolesAllowed({Role.Name.SALES_MANAGER, Role.Name.ADMIN})
  public Uni<Response> reassign(
      @PathParam("id") String id,
      @HeaderParam("Idempotency-Key") @Nullable String key,
      @Context UriInfo uri,
      @RequestBody(content = @Content(schema = @Schema(implementation = Reassignment.class)))
          byte @Nullable [] body) {
    var said = said(body);
    var command =
        read(
            said,
            Reassignment.class,
            (reassignment, faults) -> {
              faults.require(reassignment.seller(), "/seller");
              return new Reassign(String.valueOf(reassignment.seller()), null);
            });
    return answered(id, key, uri, said, command);
  }

  private <C extends Dated> Command read(
      byte[] said, Class<C> type, BiFunction<C, Faults, baton.handoff.pass.Answer> meaning) {
    return commands.make(
        said,
        type,
        (command, faults) -> {
          var at = OccurredAt.check(command.occurredAt(), clock.instant(), "/occurredAt", faults);
          return new Command(
              meaning.apply(command, faults), new Moment(at, charters.versionAt(at)));
        });
  }

  private Uni<Response> answered(
      String id, @Nullable String key, UriInfo uri, byte[] said, Command command) {
    var who = caller.get();
    var handoffId = HandoffReading.id(id);
    return idempotency.once(
        key,
        who,
        uri.getPath(),
        said,
        tx ->
            meant(tx, command.answer())
                .chain(
                    answer ->
                        handoffs.decide(
                            tx,
                            handoffId,
                            handoff ->
                                HandoffReading.visible(handoff, who)
                                    .answered(answer, command.moment())))
                .chain(
                    verdict ->
                        switch (verdict) {
                          case Moved _ -> reading.told(tx, handoffId, who);
                          case Refused(var why, var state) ->
                              throw Problem.conflict(
                                  "Not possible while the handoff is "
                                      + state.word()
                                      + ": "
                                      + why
                                      + ".",
                                  state.word());
                        }));
  }

  /** Who is given a handoff by hand must be there and active; his team goes with it. */
  private Uni<baton.handoff.pass.Answer> meant(SqlConnection tx, baton.handoff.pass.Answer answer) {
    if (!(answer instanceof Reassign(var seller, _))) {
      return Uni.createFrom().item(answer);
    }
    return roster
        .find(tx, seller, clock.instant())
        .map(
            found ->
                found
                    .map(active -> new Reassign(seller, active.team()))
                    .orElseThrow(
                        () -> Problem.invalid("/seller", "must be the id of an active seller")));
  }

  private static byte[] said(byte @Nullable [] body) {
    return body == null || body.length == 0 ? NOTHING_SAID : body;
  }

  private Vocabulary vocabulary(Dated command) {
    var at = command.occurredAt();
    return charters.vocabulary(charters.versionAt(at == null ? clock.instant() : at));
  }

  private static String word(
      @Nullable String given, String pointer, List<String> allowed, Faults faults) {
    if (given == null || !allowed.contains(given)) {
      faults.addUnknown(pointer, allowed);
    }
    return String.valueOf(given);
  }

  private static String channel(@Nullable String given, Faults faults) {
    if (given == null || given.length() > CHANNEL_LENGTH || !CHANNEL.matcher(given).matches()) {
      faults.add("/channel", "must be a word such as call, personal-email, social or sms");
    }
    return String.valueOf(given);
  }

  private static Result result(@Nullable String given, Faults faults) {
    var result = faults.oneOf(Result.values(), Result::word, given, "/result");
    return result == null ? Result.NO_ANSWER : result;
  }

  private @Nullable Instant until(GivenBack back, Faults faults) {
    var given = back.until();
    if (given == null) {
      return null;
    }
    try {
      if (given.length() == "2027-01-01".length()) {
        var zone = ZoneId.of(charters.zone(charters.versionAt(clock.instant())));
        return LocalDate.parse(given).atStartOfDay(zone).toInstant();
      }
      return Times.read(given);
    } catch (DateTimeException unreadable) {
      faults.add("/until", "must be a date or an RFC 3339 time with an offset");
      return null;
    }
  }
}
