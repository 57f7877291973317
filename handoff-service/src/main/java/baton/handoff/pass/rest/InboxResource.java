package baton.handoff.pass.rest;

import baton.chassis.access.CurrentCaller;
import baton.chassis.access.Role;
import baton.chassis.database.Transactions;
import baton.chassis.idempotency.Answer;
import baton.chassis.paging.Cursor;
import baton.chassis.paging.Page;
import baton.chassis.problem.Faults;
import baton.handoff.clock.Clocks;
import baton.handoff.clock.Promise;
import baton.handoff.pass.Inbox;
import baton.handoff.pass.Inbox.Entry;
import baton.handoff.pass.Inbox.Filter;
import baton.handoff.pass.State;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerResponse;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jspecify.annotations.Nullable;

/**
 * The handoffs as sellers and their managers look at them: listed, one by one, and as they move.
 */
@Path("/handoffs")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.Name.SALES, Role.Name.SALES_MANAGER, Role.Name.ADMIN})
class InboxResource {
  private final Inbox inbox;
  private final Clocks clocks;
  private final HandoffReading reading;
  private final InboxStreams streams;
  private final Transactions transactions;
  private final CurrentCaller caller;

  InboxResource(
      Inbox inbox,
      Clocks clocks,
      HandoffReading reading,
      InboxStreams streams,
      Transactions transactions,
      CurrentCaller caller) {
    this.inbox = inbox;
    this.clocks = clocks;
    this.reading = reading;
    this.streams = streams;
    this.transactions = transactions;
    this.caller = caller;
  }

  @GET
  public Uni<Page<HandoffBody>> list(
      @QueryParam("state") List<String> states,
      @QueryParam("seller") @Nullable String seller,
      @QueryParam("team") @Nullable String team,
      @QueryParam("lead") @Nullable String lead,
      @QueryParam("since") @Nullable Instant since,
      @QueryParam("persona") @Nullable String persona,
      @QueryParam("overdue") @Nullable Boolean overdue,
      @QueryParam("limit") @Nullable Integer limit,
      @QueryParam("cursor") @Nullable String cursor) {
    var faults = new Faults();
    var filter =
        new Filter(
            states(states, faults),
            seller,
            team,
            lead(lead, faults),
            since,
            persona,
            Boolean.TRUE.equals(overdue));
    faults.throwIfAny();
    var own = caller.get().sellerId();
    if (own != null && seller != null && !own.equals(seller)) {
      return Uni.createFrom().item(new Page<>(List.of(), null));
    }
    var visible = own == null ? filter : filter.of(own);
    var size = Cursor.limit(limit);
    var after = Cursor.id(cursor);
    return transactions.run(
        tx ->
            inbox
                .list(tx, visible, after, size + 1)
                .chain(
                    entries ->
                        clocks
                            .of(tx, entries.stream().map(InboxResource::id).toList())
                            .map(promises -> page(entries, promises, size))));
  }

  @GET
  @Path("{id}")
  public Uni<Response> read(@PathParam("id") String id) {
    var who = caller.get();
    var handoffId = HandoffReading.id(id);
    return transactions.run(tx -> reading.told(tx, handoffId, who)).map(Answer::toResponse);
  }

  @GET
  @Path("stream")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @ResponseHeader(name = "Cache-Control", value = "no-store")
  @ResponseHeader(name = "X-Accel-Buffering", value = "no")
  @Operation(
      summary = "The inbox as it moves",
      description =
          "Server-sent events: 'ready' first, then 'handoff' with each handoff that changed as it"
              + " stands (keep the highest revision), 'gone' with one that went to another seller,"
              + " and 'end' with the reason when the server ends the stream. Open the stream, then"
              + " list. Last-Event-ID resumes behind what was received.")
  public Multi<OutboundSseEvent> stream(
      @QueryParam("seller") @Nullable String seller,
      @HeaderParam("Last-Event-ID") @Nullable String lastEventId,
      @Context HttpServerResponse response) {
    return streams.open(caller.get(), seller, lastEventId, response);
  }

  private static UUID id(Entry entry) {
    return entry.handoff().pass().handoffId();
  }

  private static Page<HandoffBody> page(
      List<Entry> entries, Map<UUID, List<Promise>> promises, int size) {
    return Page.of(
        entries,
        size,
        entry -> HandoffBody.of(entry, promises.getOrDefault(id(entry), List.of())),
        last -> Cursor.of(id(last)));
  }

  private static EnumSet<State> states(List<String> words, Faults faults) {
    var named = EnumSet.noneOf(State.class);
    for (var word : words) {
      var state = faults.oneOf(State.values(), State::word, word, "/state");
      if (state != null) {
        named.add(state);
      }
    }
    return named;
  }

  private static @Nullable UUID lead(@Nullable String lead, Faults faults) {
    if (lead == null) {
      return null;
    }
    try {
      return UUID.fromString(lead);
    } catch (IllegalArgumentException noId) {
      faults.add("/lead", "must be a lead's id");
      return null;
    }
  }
}
