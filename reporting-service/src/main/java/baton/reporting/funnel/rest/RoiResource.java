package baton.reporting.funnel.rest;

import baton.chassis.access.Role;
import baton.chassis.charter.Charters;
import baton.chassis.problem.Faults;
import baton.reporting.attribution.Credits;
import baton.reporting.attribution.Model;
import baton.reporting.attribution.Terms;
import baton.reporting.attribution.Whence;
import baton.reporting.funnel.Attributions;
import baton.reporting.funnel.Attributions.TooManyKeys;
import baton.reporting.funnel.Dimension;
import baton.reporting.funnel.Question;
import baton.reporting.funnel.Reports;
import baton.reporting.money.Rates;
import baton.reporting.spend.Cost;
import baton.reporting.spend.Facet;
import baton.reporting.spend.Spending;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

@Path("/roi")
@RolesAllowed({Role.Name.REPORT, Role.Name.MARKETING, Role.Name.SALES_MANAGER, Role.Name.ADMIN})
class RoiResource {
  static final String MODEL = "model";
  static final String COST = "cost";

  /** All to the campaign, channel or source of the touch that created the lead. */
  static final String SOURCED = "sourced";

  private static final String[] MODELS =
      Stream.concat(Stream.of(SOURCED), Model.words().stream()).toArray(String[]::new);

  /**
   * What is asked.
   *
   * @param terms by which touches are credited; null where it is the one that created the lead
   */
  private record Asked(Question question, Spending.Asked spend, @Nullable Terms terms) {
    String model() {
      return terms == null ? SOURCED : terms.model().word();
    }
  }

  private final Answers answers;
  private final Reports reports;
  private final Attributions attributions;
  private final Spending spending;
  private final Charters charters;
  private final InstantSource clock;

  RoiResource(
      Answers answers,
      Reports reports,
      Attributions attributions,
      Spending spending,
      Charters charters,
      InstantSource clock) {
    this.answers = answers;
    this.reports = reports;
    this.attributions = attributions;
    this.spending = spending;
    this.charters = charters;
    this.clock = clock;
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "What campaigns cost and what came of it",
      description =
          "By campaign, channel or source and a stretch of time. cost=loaded or media; basis is"
              + " always the period: spend and counts of the same window. model=sourced, or any of"
              + " /attribution.")
  public Uni<ObjectNode> roi(@Context UriInfo uri) {
    var asked = asked(uri);
    var rates = rates(asked.question());
    return Uni.combine()
        .all()
        .unis(
            reports.answer(asked.question(), RoiTable.NUMBERS),
            spending.spent(asked.spend()),
            credits(asked))
        .with(
            (report, sums, credits) ->
                RoiTable.of(report, sums, credits.orElse(null))
                    .json(asked.model(), asked.spend().cost(), rates));
  }

  private Uni<Optional<Credits>> credits(Asked asked) {
    var terms = asked.terms();
    return terms == null
        ? Uni.createFrom().item(Optional.empty())
        : attributions
            .answer(asked.question(), terms)
            .map(attribution -> Optional.of(attribution.credits()))
            .onFailure(TooManyKeys.class)
            .transform(_ -> AttributionResource.tooMany());
  }

  @GET
  @Produces(Answers.CSV)
  public Uni<String> table(@Context UriInfo uri) {
    return roi(uri).map(ReportCsv::of);
  }

  private Asked asked(UriInfo uri) {
    var question = answers.asked(uri, QueryParameters.of("/roi"));
    var faults = new Faults();
    var by = new ArrayList<Facet>();
    for (var dimension : question.by()) {
      var facet = facet(dimension, "/by", faults);
      if (facet != null) {
        by.add(facet);
      }
    }
    var only = new EnumMap<Facet, Set<@Nullable String>>(Facet.class);
    question
        .only()
        .forEach(
            (dimension, values) -> {
              var facet = facet(dimension, "/" + dimension.word(), faults);
              if (facet != null) {
                only.put(facet, values);
              }
            });
    if (question.withinDays() != null || "cohort".equals(one(uri, "basis"))) {
      faults.add(
          question.withinDays() != null ? "/withinDays" : "/basis",
          "spend and what came of it are of the same window: basis is period here");
    }
    var cost = word(Cost.values(), Cost.LOADED, Cost::word, one(uri, COST), COST, faults);
    var model = word(MODELS, SOURCED, Function.identity(), one(uri, MODEL), MODEL, faults);
    if (!model.equals(SOURCED) && question.period() != null) {
      faults.add("/by", "takes a stretch of the calendar with model=sourced only");
    }
    faults.throwIfAny();
    var period = question.period();
    return new Asked(
        question.ofPeriod(),
        new Spending.Asked(
            question.from(), question.to(), by, period == null ? null : period.word(), only, cost),
        Model.named(model, Model.USUAL_HALF_LIFE)
            .map(known -> new Terms(known, parts(by), null))
            .orElse(null));
  }

  /** Where all is asked about together, it doesn't matter by what it is shared out. */
  private static List<Whence.Part> parts(List<Facet> by) {
    return by.isEmpty()
        ? List.of(Whence.Part.CHANNEL)
        : by.stream().map(facet -> Whence.Part.valueOf(facet.name())).toList();
  }

  private static @Nullable Facet facet(Dimension dimension, String pointer, Faults faults) {
    var facet = Facet.named(dimension.word()).orElse(null);
    if (facet == null) {
      faults.add(pointer, "what was spent is known by campaign, channel and source only");
    }
    return facet;
  }

  private static <T> T word(
      T[] words,
      T usual,
      Function<T, String> spelling,
      @Nullable String given,
      String name,
      Faults faults) {
    var word = given == null ? usual : faults.oneOf(words, spelling, given, "/" + name);
    return word == null ? usual : word;
  }

  private static @Nullable String one(UriInfo uri, String name) {
    return uri.getQueryParameters().getFirst(name);
  }

  /** Those of the charter in force when the window ends, or now if it hasn't. */
  private Rates rates(Question question) {
    var now = clock.instant();
    var to = question.to();
    var end = to == null ? now : to.atStartOfDay(question.zone()).toInstant().minusMillis(1);
    Instant at = end.isBefore(now) ? end : now;
    var signed = charters.at(at);
    return Rates.of(signed.version(), signed.agreement().terms());
  }
}
