package baton.feedback.crm;

import baton.chassis.mapping.Mapping;
import baton.chassis.mapping.MappingBody;
import baton.chassis.mapping.MappingReader;
import baton.chassis.mapping.Target;
import baton.chassis.problem.Faults;
import baton.contracts.OutcomeResult;
import baton.contracts.SellerStep;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a CRM's words are read; what is null is read as its kind's are.
 *
 * @param outcomes by pipeline and stage or status, what a deal has become: a result of an outcome,
 *     {@code qualified} or {@code ignore}; {@code *} is any other
 * @param steps by status, what the seller did
 * @param reasons the vocabulary's words for the CRM's
 * @param defaults values of fields where a delivery has none
 */
public record Settings(
    @Nullable MappingBody mapping,
    @Nullable Map<String, Map<String, String>> outcomes,
    @Nullable Map<String, Meaning> steps,
    @Nullable Map<String, String> reasons,
    @Nullable Map<String, JsonNode> defaults) {
  static final String ANY = "*";
  static final String QUALIFIED = "qualified";
  static final String IGNORE = "ignore";

  private static final Set<String> RESULTS =
      Stream.concat(
              Arrays.stream(OutcomeResult.values())
                  .filter(result -> result != OutcomeResult.VOIDED)
                  .map(OutcomeResult::word),
              Stream.of(QUALIFIED, IGNORE))
          .collect(Collectors.toUnmodifiableSet());
  private static final Map<Kind, Settings> DEFAULTS = defaults(Kind.values());

  /** What a status means. */
  public record Meaning(
      @Nullable SellerStep step, @Nullable String reason, @Nullable String channel) {}

  /** What holds for a CRM until its operator says otherwise. */
  public static Settings of(Kind kind) {
    return Objects.requireNonNull(DEFAULTS.get(kind));
  }

  /** These, and its kind's where they say nothing. */
  public Settings over(Settings kind) {
    return new Settings(
        mapping == null ? kind.mapping : mapping,
        outcomes == null ? kind.outcomes : outcomes,
        steps == null ? kind.steps : steps,
        reasons == null ? kind.reasons : reasons,
        defaults == null ? kind.defaults : defaults);
  }

  /** Names everything in them that isn't right. */
  public void check(Faults faults) {
    if (mapping != null) {
      MappingReader.read(mapping, Into.values(), "/mapping", faults);
    }
    given(outcomes)
        .forEach(
            (pipeline, stages) ->
                given(stages)
                    .forEach(
                        (stage, result) -> {
                          if (RESULTS.stream().noneMatch(word -> word.equals(result))) {
                            faults.addUnknown(
                                "/outcomes/" + pipeline + "/" + stage,
                                RESULTS.stream().sorted().toList());
                          }
                        }));
    given(steps)
        .forEach(
            (status, meaning) ->
                faults.require(
                    meaning == null ? null : meaning.step(), "/steps/" + status + "/step"));
    given(defaults)
        .keySet()
        .forEach(
            path -> {
              if (Stream.of(Into.values()).allMatch(into -> Target.of(path, into).isEmpty())) {
                faults.addUnknown("/defaults/" + path, Into.DEAL.paths());
              }
            });
  }

  Mapping<Into> read() {
    return MappingReader.read(Objects.requireNonNull(mapping), Into.values(), "", new Faults());
  }

  /** Puts the defaults where a delivery says nothing. */
  void fill(Into into, ObjectNode fields) {
    Target.fill(fields, into, given(defaults));
  }

  /**
   * What a deal has become: what is closed by its status is closed whatever its stage; null where
   * nothing says it.
   */
  @Nullable String outcome(
      @Nullable String pipeline, @Nullable String stage, @Nullable String status) {
    var byStatus = said(pipeline, status);
    if (byStatus != null && !byStatus.equals(OutcomeResult.OPPORTUNITY.word())) {
      return byStatus;
    }
    var byStage = said(pipeline, stage);
    return Stream.of(byStage, byStatus, stage == null && status == null ? null : any(pipeline))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private @Nullable String said(@Nullable String pipeline, @Nullable String word) {
    return word == null
        ? null
        : Stream.of(pipeline(pipeline).get(word), pipeline(ANY).get(word))
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
  }

  private @Nullable String any(@Nullable String pipeline) {
    return pipeline(pipeline).getOrDefault(ANY, pipeline(ANY).get(ANY));
  }

  private Map<String, String> pipeline(@Nullable String pipeline) {
    return given(given(outcomes).get(pipeline == null ? ANY : pipeline));
  }

  @Nullable Meaning meaning(String status) {
    return given(steps).getOrDefault(status, given(steps).get(ANY));
  }

  /** The vocabulary's word for a reason, which may be one already. */
  String reason(String said) {
    return given(reasons).getOrDefault(said, said);
  }

  private static <V> Map<String, V> given(@Nullable Map<String, V> map) {
    return map == null ? Map.of() : map;
  }

  private static Map<Kind, Settings> defaults(Kind[] kinds) {
    var yaml = new ObjectMapper(new YAMLFactory());
    var all = new EnumMap<Kind, Settings>(Kind.class);
    for (var kind : kinds) {
      var file = "/baton/feedback/crm/" + kind.word() + ".yaml";
      try (var in = Settings.class.getResourceAsStream(file)) {
        var settings = yaml.readValue(in, Settings.class);
        var faults = new Faults();
        settings.check(faults);
        if (faults.any()) {
          throw new IllegalStateException(file + ": " + faults.list());
        }
        all.put(kind, settings);
      } catch (IOException unreadable) {
        throw new UncheckedIOException(file, unreadable);
      }
    }
    return all;
  }

  /** A text, or null where there is none. */
  static @Nullable String text(@Nullable JsonNode node) {
    return node instanceof TextNode text ? text.textValue() : null;
  }

  /** Every word for what a deal may have become. */
  public static List<String> results() {
    return RESULTS.stream().sorted().toList();
  }
}
