package baton.handoff.seller.rest;

import baton.chassis.access.Role;
import baton.chassis.command.CommandReader;
import baton.chassis.command.MergePatch;
import baton.chassis.json.AnswerJson;
import baton.chassis.paging.Cursor;
import baton.chassis.paging.ETags;
import baton.chassis.paging.Page;
import baton.chassis.problem.Faults;
import baton.chassis.problem.Problem;
import baton.contracts.Json;
import baton.handoff.seller.Seller;
import baton.handoff.seller.Sellers;
import baton.handoff.seller.Shifts;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

@Path("/sellers")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.Name.SALES_MANAGER, Role.Name.ADMIN})
class SellerResource {
  /** A seller as he is written; what is left out is as if he had none, but he is active. */
  record Written(
      @Nullable String name,
      @Nullable String email,
      @Nullable String team,
      @Nullable List<String> territories,
      @Nullable List<String> personas,
      @Nullable BigDecimal weight,
      @Nullable Integer capacity,
      @Nullable JsonNode shifts,
      @Nullable JsonNode outOfOffice,
      @Nullable Boolean active) {
    static Written of(Seller seller) {
      return new Written(
          seller.name(),
          seller.email(),
          seller.team(),
          seller.territories(),
          seller.personas(),
          seller.weight(),
          seller.capacity(),
          seller.shifts(),
          seller.outOfOffice(),
          seller.active());
    }
  }

  /** He travels under this id on topics and in URLs: it must not be an address. */
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:~-]{0,99}");

  private static final Pattern EMAIL = Pattern.compile("[^@\\s]{1,64}@[^@\\s]{1,190}");
  private static final int TEXT = 200;
  private static final int MANY = 200;
  private static final int WEIGHT_SCALE = 3;
  private static final BigDecimal HEAVIEST = BigDecimal.valueOf(1000);
  private static final int LARGEST_CAPACITY = 100_000;

  private final Sellers sellers;
  private final CommandReader commands;

  SellerResource(Sellers sellers, CommandReader commands) {
    this.sellers = sellers;
    this.commands = commands;
  }

  @GET
  public Uni<Page<Seller>> list(
      @QueryParam("team") @Nullable String team,
      @QueryParam("active") @Nullable Boolean active,
      @QueryParam("limit") @Nullable Integer limit,
      @QueryParam("cursor") @Nullable String cursor) {
    var size = Cursor.limit(limit);
    var keys = Cursor.read(cursor);
    return sellers
        .list(team, active, keys.isEmpty() ? null : keys.getFirst(), size + 1)
        .map(found -> Page.of(found, size, last -> Cursor.of(last.sellerId())));
  }

  @GET
  @Path("{id}")
  public Uni<Response> read(@PathParam("id") String id) {
    return sellers.find(id).map(found -> told(200, found.orElseThrow(SellerResource::unknown)));
  }

  @PUT
  @Path("{id}")
  @Consumes(MediaType.APPLICATION_JSON)
  @APIResponse(responseCode = "201", description = "Made; Location says where")
  @APIResponse(responseCode = "200", description = "What was there, as it is now")
  public Uni<Response> put(
      @PathParam("id") String id,
      @HeaderParam("If-Match") @Nullable String ifMatch,
      @RequestBody(content = @Content(schema = @Schema(implementation = Written.class)))
          byte[] body) {
    if (!ID.matcher(id).matches()) {
      throw Problem.invalid(
          "/sellerId", "must be 1 to 100 letters, digits or . _ : ~ -, and not an e-mail address");
    }
    var written = commands.read(body, Written.class, SellerResource::check);
    return sellers
        .keep(
            id,
            before -> {
              before.ifPresent(known -> match(ifMatch, known));
              return seller(id, written);
            })
        .map(kept -> told(kept.isNew() ? 201 : 200, kept.seller()));
  }

  @PATCH
  @Path("{id}")
  @Consumes({"application/merge-patch+json", MediaType.APPLICATION_JSON})
  public Uni<Response> patch(
      @PathParam("id") String id,
      @HeaderParam("If-Match") @Nullable String ifMatch,
      @RequestBody(content = @Content(schema = @Schema(implementation = Written.class)))
          byte[] body) {
    var patch = commands.read(body, ObjectNode.class);
    return sellers
        .keep(
            id,
            before -> {
              var known = before.orElseThrow(SellerResource::unknown);
              match(ifMatch, known);
              return patched(known, patch);
            })
        .map(kept -> told(200, kept.seller()));
  }

  private Seller patched(Seller known, ObjectNode patch) {
    var whole = AnswerJson.mapper().<ObjectNode>valueToTree(Written.of(known));
    MergePatch.merge(whole, patch);
    return seller(
        known.sellerId(), commands.read(Json.bytes(whole), Written.class, SellerResource::check));
  }

  private static void check(Written seller, Faults faults) {
    faults.require(seller.name(), "/name");
    faults.fits(seller.name(), TEXT, "/name");
    faults.fits(seller.team(), TEXT, "/team");
    if (seller.email() != null && !EMAIL.matcher(seller.email()).matches()) {
      faults.add("/email", "must be an e-mail address");
    }
    few(seller.territories(), "/territories", faults);
    few(seller.personas(), "/personas", faults);
    var weight = seller.weight();
    if (weight != null
        && (weight.signum() <= 0
            || weight.compareTo(HEAVIEST) > 0
            || weight.stripTrailingZeros().scale() > WEIGHT_SCALE)) {
      faults.add("/weight", "must be above 0, at most 1000, with at most 3 decimals");
    }
    var capacity = seller.capacity();
    if (capacity != null && (capacity < 0 || capacity > LARGEST_CAPACITY)) {
      faults.add("/capacity", "must be between 0 and " + LARGEST_CAPACITY);
    }
    Shifts.read(seller.shifts(), seller.outOfOffice(), faults::add);
  }

  private static void few(@Nullable List<String> words, String pointer, Faults faults) {
    if (words != null && words.size() > MANY) {
      faults.add(pointer, "must not be more than " + MANY);
    }
    for (var i = 0; words != null && i < Math.min(words.size(), MANY); i++) {
      faults.fits(words.get(i), TEXT, pointer + "/" + i);
    }
  }

  private static Seller seller(String id, Written written) {
    var weight = written.weight();
    var active = written.active();
    return new Seller(
        id,
        0,
        String.valueOf(written.name()),
        written.email(),
        written.team(),
        orNone(written.territories()),
        orNone(written.personas()),
        weight == null ? BigDecimal.ONE : weight.stripTrailingZeros(),
        written.capacity(),
        said(written.shifts()),
        said(written.outOfOffice()),
        active == null || active);
  }

  private static List<String> orNone(@Nullable List<String> words) {
    return words == null ? List.of() : List.copyOf(words);
  }

  private static @Nullable JsonNode said(@Nullable JsonNode json) {
    return json == null || json.isNull() ? null : json;
  }

  private static void match(@Nullable String ifMatch, Seller known) {
    if (ifMatch != null) {
      ETags.match(ifMatch, known.revision());
    }
  }

  private static Response told(int status, Seller seller) {
    return Response.status(status)
        .header("ETag", ETags.of(seller.revision()))
        .entity(seller)
        .build();
  }

  private static Problem unknown() {
    return Problem.notFound("There is no such seller.");
  }
}
