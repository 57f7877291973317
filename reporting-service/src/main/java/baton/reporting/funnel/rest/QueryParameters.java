package baton.reporting.funnel.rest;

import baton.chassis.paging.Cursor;
import baton.reporting.attribution.Model;
import baton.reporting.funnel.Basis;
import baton.reporting.funnel.Dimension;
import baton.reporting.funnel.Period;
import baton.reporting.funnel.WhichPasses;
import baton.reporting.journey.Ending;
import baton.reporting.journey.Stage;
import baton.reporting.spend.Cost;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * What each call can be asked in its query, once: what a parameter means stands in the OpenAPI
 * document from here, and what a report takes beside what every report takes is read from here.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class QueryParameters implements OASFilter {
  /** How a value is written. */
  private enum Form {
    TEXT,
    /** One of some words. */
    WORD,
    /** Some of some words, by commas. */
    WORDS,
    /** Given several times. */
    VALUES,
    DAY,
    MOMENT,
    COUNT
  }

  /**
   * One parameter.
   *
   * @param usual what it is unless said, where that is a value
   * @param words that are allowed
   */
  private record Described(
      String name,
      Form form,
      String meaning,
      @Nullable String usual,
      List<String> words,
      int least,
      int most) {

    private static Described of(Form form, String name, String meaning) {
      return new Described(name, form, meaning, null, List.of(), 0, 0);
    }

    private static Described count(String name, int least, int most, String meaning) {
      return new Described(name, Form.COUNT, meaning, null, List.of(), least, most);
    }

    private static Described words(Form form, String name, Stream<String> words, String meaning) {
      return new Described(name, form, meaning, null, words.toList(), 0, 0);
    }

    private Described usually(Object value) {
      return new Described(name, form, meaning, value.toString(), words, least, most);
    }

    private Parameter told() {
      var told =
          OASFactory.createParameter()
              .name(name)
              .in(Parameter.In.QUERY)
              .description(meaning)
              .schema(schema());
      return switch (form) {
        case WORDS -> told.style(Parameter.Style.FORM).explode(false);
        case VALUES -> told.style(Parameter.Style.FORM).explode(true);
        default -> told;
      };
    }

    private Schema schema() {
      return switch (form) {
        case TEXT -> text();
        case DAY -> text().format("date");
        case MOMENT -> text().format("date-time");
        case WORD -> {
          var schema = text().enumeration(List.copyOf(words));
          yield usual == null ? schema : schema.defaultValue(usual);
        }
        case WORDS -> list(text().enumeration(List.copyOf(words))).maxItems(MOST_GROUPS);
        case VALUES -> list(text()).maxItems(Asked.MOST_VALUES);
        case COUNT -> {
          var schema =
              OASFactory.createSchema()
                  .addType(SchemaType.INTEGER)
                  .minimum(BigDecimal.valueOf(least))
                  .maximum(BigDecimal.valueOf(most));
          yield usual == null ? schema : schema.defaultValue(Integer.valueOf(usual));
        }
      };
    }

    private static Schema text() {
      return OASFactory.createSchema().addType(SchemaType.STRING);
    }

    private static Schema list(Schema items) {
      return OASFactory.createSchema().addType(SchemaType.ARRAY).items(items);
    }
  }

  private static final int MOST_GROUPS = Asked.MOST_GROUPS;

  private static final Described FROM =
      Described.of(
          Form.DAY,
          "from",
          "The first day, in zone: of the capture with basis=cohort, of what happened with"
              + " basis=period. Unless said, from the first there is.");
  private static final Described TO =
      Described.of(
          Form.DAY,
          "to",
          "The day after the last, in zone, and after from. Unless said, up to the last there is.");
  private static final Described ZONE =
      Described.of(
          Form.TEXT,
          "zone",
          "Where days begin and end: an IANA time zone, as in Europe/Berlin. Unless said, that of"
              + " the calendar of the charter in force.");
  private static final Described BASIS =
      Described.words(
              Form.WORD,
              "basis",
              Stream.of(Basis.values()).map(Basis::word),
              "cohort: what became of leads captured in the time, marked immature while more of them"
                  + " may still get on; period: what happened in it, whenever they were captured.")
          .usually(Basis.COHORT.word());
  private static final Described PASSES =
      Described.words(
              Form.WORD,
              "passes",
              Stream.of(WhichPasses.values()).map(which -> which.name().toLowerCase(Locale.ROOT)),
              "any: a lead once, wherever any of its passes got; first: its first pass only; all:"
                  + " every pass.")
          .usually(WhichPasses.ANY.name().toLowerCase(Locale.ROOT));
  private static final Described WITHIN_DAYS =
      Described.count(
          "withinDays",
          0,
          Asked.MOST_DAYS,
          "Days after the capture, of 24 hours, in which something counts. It belongs to"
              + " basis=cohort, and one for which they are not over yet is marked immature. Unless"
              + " said, it counts whenever it happened.");
  private static final Described BY =
      Described.words(
          Form.WORDS,
          "by",
          Stream.concat(
              Stream.of(Dimension.values()).map(Dimension::word),
              Stream.of(Period.values()).map(Period::word)),
          "What rows are told apart by, one to three, by commas or given again: dimensions of the"
              + " lead, and at most one of day, week (ISO), month and quarter. Unless said, one row"
              + " for all.");
  private static final Described LIMIT =
      Described.count("limit", 1, Cursor.MAX_LIMIT, "How many items a page has at most.")
          .usually(Cursor.DEFAULT_LIMIT);
  private static final Described CURSOR =
      Described.of(
          Form.TEXT,
          "cursor",
          "Where to go on: what next said in the page before. Unless said, at the beginning.");

  private static final List<Described> DIMENSIONS =
      Arrays.stream(Dimension.values()).map(QueryParameters::of).toList();

  private static final Map<String, List<Described>> CALLS = calls();

  private static Described of(Dimension dimension) {
    return Described.of(
        Form.VALUES,
        dimension.word(),
        "Only leads of this "
            + dimension.word()
            + ", exactly as it is told; given again, of this as well; empty, those without one."
            + " Unless said, all.");
  }

  private static Map<String, List<Described>> calls() {
    var calls = new LinkedHashMap<String, List<Described>>();
    var report = with(DIMENSIONS, FROM, TO, ZONE, BASIS, PASSES, WITHIN_DAYS, BY);
    for (var name : List.of("/funnel", "/velocity", "/sla", "/quality", "/scorecard")) {
      calls.put(name, report);
    }
    calls.put("/attribution", attribution());
    calls.put("/roi", roi());
    calls.put(
        "/retention",
        with(
            DIMENSIONS,
            FROM,
            TO,
            ZONE,
            only(Basis.COHORT, "customers count by when they were acquired"),
            BY));
    calls.put("/leads", leads());
    calls.put("/calibration", calibration());
    calls.put("/what-if", with(DIMENSIONS, FROM, TO, ZONE, BASIS));
    calls.put("/restatements", restatements());
    return calls;
  }

  private static List<Described> attribution() {
    return with(
        DIMENSIONS,
        FROM,
        TO,
        ZONE,
        only(Basis.PERIOD, "deals count when they were won"),
        Described.words(
            Form.WORDS,
            "by",
            Stream.of("channel", "source", "medium", "campaign"),
            "What of the touch credit is told by, one to three, by commas or given again. Unless"
                + " said, channel."),
        Described.words(
                Form.WORD,
                "model",
                Model.words().stream(),
                "How credit is shared out among touches.")
            .usually("linear"),
        Described.words(
                Form.WORD,
                "scope",
                Stream.of("lead"),
                "Whose touches lead to a deal: those of the lead alone.")
            .usually("lead"),
        Described.count(
            "lookBackDays",
            1,
            AttributionAsked.MOST_DAYS,
            "How many days, of 24 hours, before the deal a touch may lie to count; not with"
                + " model=markov. Unless said, any."),
        Described.count(
                "halfLifeDays",
                1,
                AttributionAsked.MOST_DAYS,
                "After how many days a touch weighs half as much; with model=time-decay alone.")
            .usually(Model.USUAL_HALF_LIFE.toDays()));
  }

  private static List<Described> roi() {
    return List.of(
        FROM,
        TO,
        ZONE,
        only(Basis.PERIOD, "spend and what came of it are of the same time"),
        PASSES,
        Described.words(
            Form.WORDS,
            "by",
            Stream.concat(
                Stream.of("campaign", "channel", "source"),
                Stream.of(Period.values()).map(Period::word)),
            "What rows are told apart by, one to three, by commas or given again; a stretch of the"
                + " calendar with model=sourced alone. Unless said, one row for all."),
        of(Dimension.CAMPAIGN),
        of(Dimension.CHANNEL),
        of(Dimension.SOURCE),
        Described.words(
                Form.WORD,
                RoiResource.MODEL,
                Stream.concat(Stream.of(RoiResource.SOURCED), Model.words().stream()),
                "Whose revenue is: sourced, all of the touch that created the lead; or as"
                    + " /attribution shares it out.")
            .usually(RoiResource.SOURCED),
        Described.words(
                Form.WORD,
                RoiResource.COST,
                Stream.of(Cost.values()).map(Cost::word),
                "media: what was paid for it; loaded: that and all else it took.")
            .usually(Cost.LOADED.word()));
  }

  private static List<Described> leads() {
    return with(
        DIMENSIONS,
        FROM,
        TO,
        ZONE,
        BASIS,
        PASSES,
        WITHIN_DAYS,
        Described.words(
                Form.WORD,
                "stage",
                Stream.of(Stage.values()).map(Stage::word),
                "Leads that reached it; not with ended or clause.")
            .usually(Stage.CAPTURED.word()),
        Described.words(
            Form.WORD,
            "ended",
            Stream.concat(Stream.of(Ending.values()).map(Ending::word), Stream.of("open")),
            "Leads that stand so by their latest pass; instead of stage."),
        Described.of(
            Form.TEXT,
            "clause",
            "Leads for which this clause of a charter promised something, by its id; instead of"
                + " stage."),
        Described.words(
            Form.WORD,
            "verdict",
            Arrays.stream(LeadsResource.VERDICTS),
            "How that promise stands; with clause alone. Unless said, whatever it is."),
        LIMIT,
        CURSOR);
  }

  private static List<Described> calibration() {
    return List.of(
        Described.words(
                Form.WORD,
                "outcome",
                Arrays.stream(CalibrationResource.OUTCOMES).map(Stage::word),
                "What counts as success.")
            .usually(Stage.WON.word()),
        Described.of(
            Form.DAY,
            "from",
            "The first day, in zone, on which leads to learn from were captured. Unless said, the"
                + " first there is."),
        Described.of(
            Form.DAY,
            "to",
            "The day after the last of them. Unless said, up to the last there is."),
        ZONE,
        Described.count(
            "withinDays",
            0,
            Asked.MOST_DAYS,
            "Days after the capture, of 24 hours, in which success counts. Unless said, whenever it"
                + " came."),
        Described.of(
            Form.TEXT,
            "leaveOut",
            "Fields not to learn from, such as attributes.tags, by commas or given again. Unless"
                + " said, none."),
        Described.of(
            Form.TEXT,
            "keep",
            "Fields to learn from although they look as if they were written afterwards, by commas"
                + " or given again. Unless said, none."));
  }

  private static List<Described> restatements() {
    return List.of(
        Described.of(
            Form.DAY,
            "from",
            "The first day that numbers are of, in the charter's zone. Unless said, any."),
        Described.of(Form.DAY, "to", "The day after the last of them. Unless said, any."),
        Described.of(
            Form.MOMENT,
            "heardFrom",
            "When the event that changed the number was heard, at the earliest. Unless said, any"
                + " time."),
        Described.of(
            Form.MOMENT, "heardTo", "The moment before which it was heard. Unless said, any time."),
        LIMIT,
        CURSOR);
  }

  private static Described only(Basis basis, String why) {
    return Described.words(
            Form.WORD,
            "basis",
            Stream.of(basis.word()),
            "Always " + basis.word() + ": " + why + ".")
        .usually(basis.word());
  }

  private static List<Described> with(List<Described> last, Described... first) {
    var all = new ArrayList<>(List.of(first));
    all.addAll(last);
    return List.copyOf(all);
  }

  /** The names that a call takes. */
  static Set<String> of(String call) {
    return CALLS.getOrDefault(call, List.of()).stream()
        .map(Described::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public void filterOpenAPI(OpenAPI api) {
    if (api.getPaths() == null || api.getPaths().getPathItems() == null) {
      return;
    }
    api.getPaths()
        .getPathItems()
        .forEach(
            (path, item) -> {
              var described = CALLS.get(path);
              if (described != null) {
                item.getOperations().values().forEach(operation -> describe(operation, described));
              }
            });
  }

  private static void describe(Operation operation, List<Described> all) {
    var parameters = new ArrayList<Parameter>();
    if (operation.getParameters() != null) {
      operation.getParameters().stream()
          .filter(parameter -> parameter.getIn() != Parameter.In.QUERY)
          .forEach(parameters::add);
    }
    all.forEach(described -> parameters.add(described.told()));
    operation.setParameters(parameters);
  }
}
