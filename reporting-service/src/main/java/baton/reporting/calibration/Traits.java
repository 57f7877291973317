package baton.reporting.calibration;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What may be learned from: every word that enough leads have, numbers by thresholds, touches by
 * how many there were. Nothing is chosen by what the leads that judge the outcome say.
 */
final class Traits {
  /** Facts that every lead may have, the broader ones first: of two that say the same it stays. */
  private static final List<String> FACTS =
      List.of(
          "origin",
          "channel",
          "source",
          "medium",
          "campaign",
          "landingPage",
          "country",
          "segment",
          "persona",
          "email.free",
          "company.tier",
          "company.employees",
          "company.industry",
          "company.country");

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Set<String> RESERVED =
      Set.of(
          "as",
          "break",
          "const",
          "continue",
          "else",
          "false",
          "for",
          "function",
          "if",
          "import",
          "in",
          "let",
          "loop",
          "namespace",
          "null",
          "package",
          "return",
          "true",
          "var",
          "void",
          "while");

  private static final int FEWEST = 30;
  private static final double SMALLEST_SHARE = 0.005;
  private static final int MOST_WORDS = 20;
  private static final int STEPS = 20;
  private static final int MOST_TRAITS = 100;

  /** χ² of one trait and success that chance alone passes in one of twenty. */
  private static final double TELLING = 3.841458820694124;

  private static final int[] TOUCHED = {1, 2, 3, 5};

  /** As well as this a single field tells apart only what sales wrote who knew the outcome. */
  private static final double TOO_GOOD = 0.85;

  private static final double CERTAIN = 0.98;
  private static final double CERTAIN_SHARE = 0.1;

  private final Cohort cohort;
  private final Trial trial;
  private final List<Trait> traits = new ArrayList<>();
  private final List<LeftOut> leftOut = new ArrayList<>();
  private final Set<BitSet> seen = new HashSet<>();
  private final Set<String> ids = new HashSet<>();

  private Traits(Cohort cohort, Trial trial) {
    this.cohort = cohort;
    this.trial = trial;
  }

  static Traits of(Sheet sheet, Cohort cohort, Trial trial) {
    var traits = new Traits(cohort, trial);
    var columns = sheet.columns();
    Stream.concat(
            FACTS.stream(),
            columns.keySet().stream().filter(name -> name.startsWith(Sheet.ATTRIBUTE)))
        .forEach(
            name -> {
              var column = columns.get(name);
              if (column != null) {
                traits.field(name, column);
              }
            });
    traits.touches();
    if (sheet.crowded()) {
      traits.leftOut.add(
          new LeftOut(
              Sheet.ATTRIBUTE + "…",
              "more attributes than can be looked at: the first by name are"));
    }
    traits.choose();
    traits.stated();
    return traits;
  }

  /** Those that tell something by themselves; the most telling, should there be too many. */
  List<Trait> all() {
    return List.copyOf(traits);
  }

  private void choose() {
    var tells = new HashMap<Trait, Double>();
    traits.forEach(trait -> tells.put(trait, telling(trait)));
    var most =
        traits.stream()
            .filter(trait -> tells.getOrDefault(trait, 0.0) >= TELLING)
            .sorted(
                Comparator.comparing((Trait trait) -> tells.getOrDefault(trait, 0.0)).reversed())
            .limit(MOST_TRAITS)
            .collect(Collectors.toSet());
    var fields = new LinkedHashSet<String>();
    traits.forEach(trait -> fields.add(trait.field()));
    traits.retainAll(most);
    traits.forEach(trait -> fields.remove(trait.field()));
    fields.forEach(
        field ->
            leftOut.add(
                new LeftOut(field, "tells nothing of " + trial.outcome().word() + " by itself")));
  }

  List<LeftOut> leftOut() {
    return List.copyOf(leftOut);
  }

  /** χ² of a trait and success, among those learned from. */
  private double telling(Trait trait) {
    double n = cohort.train();
    double has = trait.among(cohort.train());
    double successes = cohort.successes(0, cohort.train());
    double off = trait.successes(cohort) * n - has * successes;
    return n * off * off / (has * (n - has) * successes * (n - successes));
  }

  private static boolean names(Set<String> asked, String field) {
    return asked.contains(field)
        || field.startsWith(Sheet.ATTRIBUTE)
            && asked.contains(field.substring(Sheet.ATTRIBUTE.length()));
  }

  /** What is asked to be left out and was never told is said too. */
  private void stated() {
    leftOut.add(new LeftOut("jobTitle", "free text: a persona's rule reads it"));
    leftOut.add(new LeftOut("email.domain", "tells one company from another, not kinds of them"));
    leftOut.add(new LeftOut("company.domain", "tells one company from another, not kinds of them"));
    var said = new TreeSet<String>();
    leftOut.forEach(left -> said.add(left.field()));
    trial.leaveOut().stream()
        .sorted()
        .filter(
            asked ->
                said.stream()
                    .noneMatch(
                        field -> field.equals(asked) || field.equals(Sheet.ATTRIBUTE + asked)))
        .forEach(asked -> leftOut.add(new LeftOut(asked, "asked for; no lead has it")));
  }

  // ---- fields

  private void field(String name, Column column) {
    var why = refused(name, column);
    if (why != null) {
      leftOut.add(new LeftOut(name, why));
      return;
    }
    var steps = column.measured() ? steps(column) : List.<BigDecimal>of();
    var words = column.measured() ? List.<String>of() : words(column);
    if (!names(trial.keep(), name)) {
      var suspect = suspect(name, column, steps, words);
      if (suspect != null) {
        leftOut.add(new LeftOut(name, suspect));
        return;
      }
    }
    var path = name.startsWith("company.") ? name : "lead." + name;
    var last = name.substring(name.indexOf('.') + 1);
    var before = traits.size();
    // a rule that only asks has() doesn't make events carry an attribute; one that reads it does
    add(
        last + "-known",
        name,
        name.startsWith(Sheet.ATTRIBUTE) ? path + " != null" : "has(" + path + ")",
        null,
        leads(i -> column.absent(i) ? 0 : 1));
    for (var step : steps) {
      double least = step.doubleValue();
      add(
          last + "-from-" + step.toPlainString(),
          name,
          path + " >= " + step.toPlainString(),
          null,
          leads(i -> column.amount(i) >= least ? 1 : 0));
    }
    for (var word : words) {
      add(
          last + "-" + word,
          name,
          path + " == " + word,
          null,
          leads(i -> word.equals(column.word(i)) ? 1 : 0));
    }
    if (traits.size() == before) {
      leftOut.add(
          new LeftOut(
              name,
              "no value of it tells enough leads from enough others, or another field tells the same"));
    }
  }

  private @Nullable String refused(String name, Column column) {
    if (names(trial.leaveOut(), name)) {
      return "asked for";
    }
    if (column.late() * 2L > column.present() + column.late()) {
      return "written after the handover: of %d leads first then, of %d before"
          .formatted(column.late(), column.present());
    }
    var last = name.substring(name.indexOf('.') + 1);
    if (name.startsWith(Sheet.ATTRIBUTE)
        && (!NAME.matcher(last).matches() || RESERVED.contains(last))) {
      return "a rule can't name it: use letters, digits and underscores";
    }
    return column.endless() ? "has too many different values" : null;
  }

  private boolean enough(int leads) {
    double fewest = Math.max(FEWEST, SMALLEST_SHARE * cohort.train());
    return leads >= fewest && cohort.train() - leads >= fewest;
  }

  private List<String> words(Column column) {
    var counts = new TreeMap<String, Integer>();
    for (int i = 0; i < cohort.train(); i++) {
      var word = column.word(i);
      if (word != null) {
        counts.merge(word, 1, Integer::sum);
      }
    }
    return counts.entrySet().stream()
        .filter(word -> enough(word.getValue()))
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(MOST_WORDS)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Thresholds of about equally many leads each, in two digits that one can remember. */
  private List<BigDecimal> steps(Column column) {
    var amounts =
        IntStream.range(0, cohort.train())
            .mapToDouble(column::amount)
            .filter(Double::isFinite)
            .sorted()
            .toArray();
    var steps = new TreeSet<BigDecimal>();
    for (int step = 0; step < STEPS && amounts.length > 0; step++) {
      steps.add(
          new BigDecimal(amounts[(int) ((long) amounts.length * step / STEPS)])
              .round(new MathContext(2, RoundingMode.HALF_EVEN))
              .stripTrailingZeros());
    }
    return steps.stream()
        .filter(
            step ->
                enough(
                    (int)
                        IntStream.range(0, cohort.train())
                            .filter(i -> column.amount(i) >= step.doubleValue())
                            .count()))
        .toList();
  }

  // ---- what looks as if the outcome had been known

  private @Nullable String suspect(
      String name, Column column, List<BigDecimal> steps, List<String> words) {
    var least = steps.stream().mapToDouble(BigDecimal::doubleValue).toArray();
    IntUnaryOperator bin =
        i -> {
          if (column.absent(i)) {
            return 0;
          }
          if (least.length > 0) {
            return 2 + (int) Arrays.stream(least).filter(step -> column.amount(i) >= step).count();
          }
          var word = column.word(i);
          return word == null ? 1 : 2 + words.indexOf(word);
        };
    int bins = 3 + Math.max(least.length, words.size());
    var leads = new int[bins];
    var successes = new int[bins];
    for (int i = 0; i < cohort.train(); i++) {
      leads[bin.applyAsInt(i)]++;
      successes[bin.applyAsInt(i)] += cohort.success()[i] ? 1 : 0;
    }
    double base = (double) cohort.successes(0, cohort.train()) / cohort.train();
    IntToDoubleFunction rate =
        i -> {
          int of = bin.applyAsInt(i);
          return (successes[of] + base) / (leads[of] + 1.0);
        };
    double alone =
        Roc.of(
                IntStream.range(0, cohort.train()).mapToDouble(rate).toArray(),
                Arrays.copyOf(cohort.success(), cohort.train()))
            .area();
    if (alone >= TOO_GOOD) {
      return "suspect: alone it tells %s apart with an AUC of %.2f, as if the outcome had been known"
          .formatted(trial.outcome().word(), alone);
    }
    int certain = 0;
    for (int of = 0; of < bins; of++) {
      if (leads[of] >= FEWEST && successes[of] >= CERTAIN * leads[of]) {
        certain += successes[of];
      }
    }
    return certain >= CERTAIN_SHARE * cohort.successes(0, cohort.train())
        ? "suspect: some of its values nearly always come with %s, as if the outcome had been known"
            .formatted(trial.outcome().word())
        : null;
  }

  // ---- touches

  private void touches() {
    var counts = new TreeMap<String, int[]>();
    for (int i = 0; i < cohort.size(); i++) {
      for (var did : cohort.subjects().get(i).touches()) {
        if (!did.at().isAfter(cohort.judged().get(i))) {
          counts.computeIfAbsent(did.kind(), _ -> new int[cohort.size()])[i]++;
        }
      }
    }
    counts.forEach(
        (kind, of) -> {
          var field = "touches." + kind;
          if (names(trial.leaveOut(), field)) {
            leftOut.add(new LeftOut(field, "asked for"));
            return;
          }
          for (int least : TOUCHED) {
            var literal = "\"" + kind + "\"";
            add(
                kind + (least == 1 ? "" : "-from-" + least),
                field,
                least == 1
                    ? "touches.exists(t, t.kind == " + literal + ")"
                    : "touches.filter(t, t.kind == " + literal + ").size() >= " + least,
                least == 1 ? kind : null,
                leads(i -> of[i] >= least ? 1 : 0));
          }
        });
  }

  // ---- traits

  private BitSet leads(IntUnaryOperator has) {
    var leads = new BitSet(cohort.size());
    for (int i = 0; i < cohort.size(); i++) {
      leads.set(i, has.applyAsInt(i) == 1);
    }
    return leads;
  }

  private void add(String id, String field, String when, @Nullable String touch, BitSet leads) {
    var others = (BitSet) leads.clone();
    others.flip(0, cohort.size());
    if (enough(leads.get(0, cohort.train()).cardinality())
        && !seen.contains(others)
        && seen.add(leads)) {
      traits.add(new Trait(unique(id), field, when, touch, leads));
    }
  }

  /** A word that a charter takes for an id. */
  private String unique(String text) {
    var word =
        text.toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9.]+", "-")
            .replaceAll("^[-.]+|[-.]+$", "");
    var start = word.isEmpty() ? "rule" : word.substring(0, Math.min(word.length(), 50));
    var id = start;
    for (int n = 2; !ids.add(id); n++) {
      id = start + "-" + n;
    }
    return id;
  }
}
