package baton.feedback.objection.rest;

import static baton.chassis.access.Role.Name.ADMIN;
import static baton.chassis.access.Role.Name.MARKETING;
import static baton.chassis.access.Role.Name.SALES;
import static baton.chassis.access.Role.Name.SALES_MANAGER;

import baton.chassis.charter.Charters;
import baton.chassis.problem.Problem;
import baton.feedback.objection.Objections;
import baton.feedback.objection.Register;
import baton.feedback.objection.Register.Count;
import baton.feedback.objection.Register.Dimension;
import baton.feedback.objection.Register.Entry;
import com.fasterxml.jackson.annotation.JsonInclude;
import de.siegmar.fastcsv.writer.CsvWriter;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** What leads object to, and whether there is an answer. */
@Path("/objections")
@RolesAllowed({MARKETING, SALES, SALES_MANAGER, ADMIN})
class ObjectionResource {
  private static final String CSV = "text/csv";
  private static final MediaType TABLE = new MediaType("text", "csv");
  private static final String FORMULAS = "=+-@\t\r\n\0＝＋－＠";
  private static final Instant EVER = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

  /** From and to are dates in the charter's zone, the second one excluded. */
  static class Asked {
    @QueryParam("from")
    @Nullable LocalDate from;

    @QueryParam("to")
    @Nullable LocalDate to;

    @QueryParam("persona")
    @Nullable String persona;

    @QueryParam("campaign")
    @Nullable String campaign;

    @QueryParam("stage")
    @Nullable String stage;
  }

  /** A key that nobody knows is null, and said. */
  record Share(
      @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String key, long said, long leads) {
    static List<Share> of(Entry entry, Dimension dimension) {
      return entry.shares().getOrDefault(dimension, List.of()).stream()
          .map(count -> new Share(count.key(), count.said(), count.leads()))
          .toList();
    }
  }

  record Trend(
      String month,
      long thisMonth,
      long lastMonth,
      @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Double change) {}

  record Objection(
      String objection,
      long said,
      long leads,
      Trend trend,
      boolean covered,
      Map<String, Long> contentRequests,
      List<Share> byPersona,
      List<Share> byCampaign,
      List<Share> byStage) {}

  record RegisterAnswer(
      @Nullable LocalDate from,
      @Nullable LocalDate to,
      String zone,
      int charterVersion,
      List<Objection> items) {}

  private final Objections objections;
  private final Charters charters;
  private final InstantSource clock;

  ObjectionResource(Objections objections, Charters charters, InstantSource clock) {
    this.objections = objections;
    this.charters = charters;
    this.clock = clock;
  }

  @GET
  @Produces({MediaType.APPLICATION_JSON, CSV})
  @Operation(
      summary = "The register of objections, as JSON or as a table",
      description =
          "How often, by persona, campaign and stage at the time; this month up to now against the"
              + " last, in the charter's zone; covered once material was delivered. The table has a"
              + " line per objection and share.")
  @APIResponse(
      responseCode = "200",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = RegisterAnswer.class)),
        @Content(mediaType = CSV)
      })
  public Uni<Response> register(@BeanParam Asked asked, @Context HttpHeaders headers) {
    var wanted = wanted(asked);
    var accepted = headers.getAcceptableMediaTypes().getFirst();
    var isTable = TABLE.isCompatible(accepted) && !accepted.isWildcardType();
    return objections
        .register(wanted)
        .map(
            register ->
                isTable
                    ? Response.ok(csv(register), TABLE.withCharset("UTF-8")).build()
                    : Response.ok(answer(register, asked, wanted), MediaType.APPLICATION_JSON_TYPE)
                        .build());
  }

  private RegisterAnswer answer(Register register, Asked asked, Objections.Wanted wanted) {
    return new RegisterAnswer(
        asked.from,
        asked.to,
        wanted.zone().getId(),
        charters.versionAt(clock.instant()),
        register.entries().stream().map(entry -> answer(entry, wanted)).toList());
  }

  private static Objection answer(Entry entry, Objections.Wanted wanted) {
    var trend = entry.trend();
    return new Objection(
        entry.objection(),
        entry.said(),
        entry.leads(),
        new Trend(wanted.month().toString(), trend.thisMonth(), trend.lastMonth(), trend.change()),
        entry.isCovered(),
        entry.requests(),
        Share.of(entry, Dimension.PERSONA),
        Share.of(entry, Dimension.CAMPAIGN),
        Share.of(entry, Dimension.STAGE));
  }

  private static String csv(Register register) {
    var text = new StringWriter();
    try (var csv = CsvWriter.builder().build(text)) {
      write(register, csv);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }

  private static void write(Register register, CsvWriter csv) {
    csv.writeRecord("objection", "by", "key", "said", "leads", "thisMonth", "lastMonth", "covered");
    for (var entry : register.entries()) {
      csv.writeRecord(
          safe(entry.objection()),
          null,
          null,
          Long.toString(entry.said()),
          Long.toString(entry.leads()),
          Long.toString(entry.trend().thisMonth()),
          Long.toString(entry.trend().lastMonth()),
          Boolean.toString(entry.isCovered()));
      entry.shares().values().stream()
          .flatMap(List::stream)
          .forEach(share -> csv.writeRecord(line(share)));
    }
  }

  private static List<@Nullable String> line(Count share) {
    var dimension = share.dimension();
    var line = new java.util.ArrayList<@Nullable String>();
    line.add(safe(share.objection()));
    line.add(dimension == null ? null : dimension.word());
    line.add(safe(share.key()));
    line.add(Long.toString(share.said()));
    line.add(Long.toString(share.leads()));
    line.add(null);
    line.add(null);
    line.add(null);
    return line;
  }

  /** Text that a spreadsheet would take for a formula gets an apostrophe. */
  private static @Nullable String safe(@Nullable String text) {
    return text != null && !text.isEmpty() && FORMULAS.indexOf(text.charAt(0)) >= 0
        ? "'" + text
        : text;
  }

  private Objections.Wanted wanted(Asked asked) {
    var now = clock.instant();
    var version = charters.versionAt(now);
    var zone = ZoneId.of(charters.zone(version));
    if (asked.from != null && asked.to != null && !asked.to.isAfter(asked.from)) {
      throw Problem.invalid("/to", "must be after from");
    }
    return new Objections.Wanted(
        asked.from == null ? EVER : asked.from.atStartOfDay(zone).toInstant(),
        asked.to == null ? NEVER : asked.to.atStartOfDay(zone).toInstant(),
        asked.persona,
        asked.campaign,
        asked.stage,
        YearMonth.from(now.atZone(zone)),
        zone,
        charters.vocabulary(version).objections());
  }
}
