package baton.handoff.brief.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import baton.chassis.access.Caller;
import baton.chassis.access.CurrentCaller;
import baton.chassis.access.Role;
import baton.chassis.charter.Charters;
import baton.chassis.command.PathId;
import baton.chassis.database.Transactions;
import baton.chassis.problem.Problem;
import baton.contracts.Campaign;
import baton.contracts.LeadQualified;
import baton.handoff.brief.Brief;
import baton.handoff.brief.Campaigns;
import baton.handoff.brief.Sheet;
import baton.handoff.brief.Touches;
import baton.handoff.contact.Contacts;
import baton.handoff.pass.Inbox;
import baton.handoff.pass.Inbox.Entry;
import baton.handoff.pass.Inbox.Filter;
import baton.handoff.pass.Mqls;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Variant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** What a seller reads before he calls. */
@Path("/handoffs/{id}/brief")
@RolesAllowed({Role.Name.SALES, Role.Name.SALES_MANAGER, Role.Name.ADMIN})
class BriefResource {
  private static final List<Variant> FORMS =
      Variant.mediaTypes(MediaType.APPLICATION_JSON_TYPE, MediaType.TEXT_HTML_TYPE).build();

  /** A lead that came back more often is told of its latest passes. */
  private static final int EARLIER_PASSES = 50;

  private static final int TOUCHES = 100;

  private final Inbox inbox;
  private final Mqls mqls;
  private final Contacts contacts;
  private final Campaigns campaigns;
  private final Touches touches;
  private final Charters charters;
  private final Transactions transactions;
  private final CurrentCaller caller;

  BriefResource(
      Inbox inbox,
      Mqls mqls,
      Contacts contacts,
      Campaigns campaigns,
      Touches touches,
      Charters charters,
      Transactions transactions,
      CurrentCaller caller) {
    this.inbox = inbox;
    this.mqls = mqls;
    this.contacts = contacts;
    this.campaigns = campaigns;
    this.touches = touches;
    this.charters = charters;
    this.transactions = transactions;
    this.caller = caller;
  }

  @GET
  @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_HTML})
  @Operation(
      summary = "What to know before the first call",
      description =
          "Who the lead is, what it did, what it was told, why it qualified, and how earlier passes"
              + " went; as JSON, or as HTML fit to print.")
  public Uni<Response> read(@PathParam("id") String id, @Context Request request) {
    var who = caller.get();
    var handoffId = PathId.of(id, BriefResource::unknown);
    var variant = request.selectVariant(FORMS);
    var html = variant != null && variant.getMediaType().isCompatible(MediaType.TEXT_HTML_TYPE);
    return transactions
        .run(tx -> brief(tx, handoffId, who))
        .map(brief -> html ? printed(brief) : Response.ok(brief, MediaType.APPLICATION_JSON_TYPE))
        .map(answer -> answer.header("Vary", "Accept").header("Cache-Control", "no-store").build());
  }

  private Response.ResponseBuilder printed(Brief brief) {
    var zone = ZoneId.of(charters.zone(brief.charterVersion()));
    return Response.ok(Sheet.html(brief, zone).getBytes(UTF_8))
        .type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
        .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
  }

  private Uni<Brief> brief(SqlConnection tx, UUID handoffId, Caller who) {
    return inbox
        .find(tx, handoffId)
        .map(
            found ->
                found
                    .filter(entry -> entry.handoff().isShownTo(who.sellerId()))
                    .orElseThrow(BriefResource::unknown))
        .chain(
            entry ->
                mqls.find(tx, handoffId)
                    .chain(
                        mql ->
                            campaign(tx, mql.orElse(null))
                                .chain(campaign -> brief(tx, entry, mql.orElse(null), campaign))));
  }

  private Uni<Brief> brief(
      SqlConnection tx, Entry entry, @Nullable LeadQualified mql, Optional<Campaign> campaign) {
    var pass = entry.handoff().pass();
    return contacts
        .find(tx, pass.leadId())
        .chain(
            who ->
                touches
                    .of(tx, pass.leadId(), TOUCHES)
                    .chain(
                        lately ->
                            passes(tx, pass.leadId())
                                .map(
                                    passes ->
                                        Brief.of(
                                            entry,
                                            mql,
                                            who.contact(),
                                            who.erasedAt(),
                                            campaign.orElse(null),
                                            lately,
                                            passes,
                                            charters.agreement(pass.charterVersion())))));
  }

  private Uni<List<Entry>> passes(SqlConnection tx, UUID leadId) {
    return inbox.list(
        tx, new Filter(Set.of(), null, null, leadId, null, null, false), null, EARLIER_PASSES);
  }

  private Uni<Optional<Campaign>> campaign(SqlConnection tx, @Nullable LeadQualified mql) {
    var id = mql == null ? null : mql.profile().campaignId();
    return id == null ? Uni.createFrom().item(Optional.empty()) : campaigns.find(tx, id);
  }

  private static Problem unknown() {
    return Problem.notFound("There is no such handoff.");
  }
}
