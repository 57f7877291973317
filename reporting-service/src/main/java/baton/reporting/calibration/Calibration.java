package baton.reporting.calibration;

import baton.reporting.journey.Journey;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the outcomes say the scoring should be, and how well that does beside today's.
 *
 * @param completeTo everything Baton learned until then is in it; null if nobody knows
 * @param split null where there was nothing to split
 * @param fitted null if there is too little to learn from
 * @param reason why nothing was fitted
 */
public record Calibration(
    Trial trial,
    @Nullable Instant completeTo,
    Leads leads,
    @Nullable Split split,
    @Nullable Fitted fitted,
    @Nullable String reason,
    List<LeftOut> leftOut) {
  private static final int MOST_LEADS = 200_000;
  private static final int FEWEST_LEADS = 10_000;

  /**
   * What a lead takes while it is learned from, in bytes, and the part of the heap that all may.
   */
  private static final int BYTES_A_LEAD = 1_500;

  private static final int PART_OF_THE_HEAP = 4;
  private static final int FEWEST_TO_LEARN = 50;
  private static final int FEWEST_TO_JUDGE = 20;

  /**
   * Who was looked at.
   *
   * @param known to Baton, merged ones and those taken back too
   * @param share of them that were drawn
   * @param captured of those drawn, the ones that were captured in the window
   * @param immature of these, the ones captured too late to tell
   */
  public record Leads(long known, double share, int captured, int immature) {}

  /**
   * Earlier leads are learned from, later ones judge.
   *
   * @param horizon how long success takes, to the ninetieth of a hundred
   * @param tied later leads that were captured at the moment of the last of the earlier ones
   */
  public record Split(Duration horizon, Part train, Part test, int tied) {}

  public record Part(int leads, int successes, Instant first, Instant last) {}

  /**
   * What was learned, measured on the later leads.
   *
   * @param model before it was rounded
   * @param draft in points
   * @param odds which chance those points mean
   * @param today null where too few leads were scored
   * @param used the fields that were looked at, with how many rules each has
   */
  public record Fitted(
      List<Rule> rules,
      int pointsToDouble,
      Measured model,
      Measured draft,
      double chanceAtZero,
      @Nullable Today today,
      List<Line> lines,
      Map<String, Long> used) {}

  /**
   * The scores that leads were given, on those that have one.
   *
   * @param draft the draft on the very same leads
   * @param better by how much the draft's AUC is
   */
  public record Today(Measured measured, Measured draft, Estimate better) {}

  /**
   * What a persona's line lets through, of its later leads that were scored.
   *
   * @param points its score in the charter in force
   * @param sameVolume the draft's points that let through as many, or as nearly as can be
   */
  public record Line(
      String persona, BigDecimal points, int leads, Through today, int sameVolume, Through draft) {}

  public record Through(int leads, int successes) {}

  public Calibration {
    leftOut = List.copyOf(leftOut);
  }

  /** How many leads may be learned from in a heap of so many bytes. */
  public static int most(long heap) {
    return (int) Math.clamp(heap / PART_OF_THE_HEAP / BYTES_A_LEAD, FEWEST_LEADS, MOST_LEADS);
  }

  /**
   * @param lines what the charter in force asks of each persona
   * @param most of more leads a share is drawn
   */
  public static Calibration of(
      Trial trial, Map<String, BigDecimal> lines, Histories histories, int most) {
    var extent = histories.extent();
    double share = extent.leads() <= most ? 1 : (double) most / extent.leads();
    var subjects = new ArrayList<Subject>();
    BiConsumer<UUID, Journey> look =
        (lead, journey) -> {
          var subject = Subject.of(lead, journey, trial.outcome());
          if (subject != null && trial.asksFor(subject.captured())) {
            subjects.add(subject);
          }
        };
    var completeTo = extent.completeTo();
    if (completeTo == null) {
      return nothing(
          trial,
          null,
          new Leads(extent.leads(), share, 0, 0),
          null,
          "not everything that happened is counted yet: ask again soon");
    }
    histories.each(share, look);
    var cohort = Cohort.of(subjects, trial, completeTo);
    var leads = new Leads(extent.leads(), share, subjects.size(), cohort.immature());
    var split = split(cohort);
    var reason = tooFew(cohort, trial);
    if (reason != null) {
      return nothing(trial, completeTo, leads, split, reason);
    }
    var sheet = new Sheet(cohort.subjects(), cohort.judged());
    histories.each(share, sheet::tell);
    var traits = Traits.of(sheet, cohort, trial);
    if (traits.all().isEmpty()) {
      return new Calibration(
          trial,
          completeTo,
          leads,
          split,
          null,
          "no field says anything that enough leads have and enough others haven't",
          traits.leftOut());
    }
    return new Calibration(
        trial, completeTo, leads, split, fitted(traits, cohort, lines), null, traits.leftOut());
  }

  private static Calibration nothing(
      Trial trial,
      @Nullable Instant completeTo,
      Leads leads,
      @Nullable Split split,
      String reason) {
    return new Calibration(trial, completeTo, leads, split, null, reason, List.of());
  }

  private static @Nullable Split split(Cohort cohort) {
    return cohort.train() == 0
        ? null
        : new Split(
            cohort.horizon(),
            part(cohort, 0, cohort.train()),
            part(cohort, cohort.train(), cohort.size()),
            cohort.tied());
  }

  private static Part part(Cohort cohort, int from, int to) {
    return new Part(
        to - from,
        cohort.successes(from, to),
        cohort.subjects().get(from).captured(),
        cohort.subjects().get(to - 1).captured());
  }

  private static @Nullable String tooFew(Cohort cohort, Trial trial) {
    int train = cohort.successes(0, cohort.train());
    int test = cohort.successes(cohort.train(), cohort.size());
    boolean enough =
        Math.min(train, cohort.train() - train) >= FEWEST_TO_LEARN
            && Math.min(test, cohort.tested() - test) >= FEWEST_TO_JUDGE;
    return enough
        ? null
        : ("too few outcomes: of the earlier leads %d came to %s and %d didn't, of the later ones %d"
                + " and %d; at least %d of each are needed to learn from, and %d to judge")
            .formatted(
                train,
                trial.outcome().word(),
                cohort.train() - train,
                test,
                cohort.tested() - test,
                FEWEST_TO_LEARN,
                FEWEST_TO_JUDGE);
  }

  private static Fitted fitted(Traits found, Cohort cohort, Map<String, BigDecimal> lines) {
    var traits = found.all();
    var scorecard = Scorecard.of(traits, cohort);
    int from = cohort.train();
    int to = cohort.size();
    var success = Arrays.copyOfRange(cohort.success(), from, to);
    var chances = scorecard.chances(from, to);
    var points = scorecard.points(from, to);
    var odds = Odds.of(scorecard.points(0, from), Arrays.copyOf(cohort.success(), from));
    var rules = scorecard.rules(cohort);
    var used = new LinkedHashMap<String, Long>();
    for (var trait : traits) {
      used.computeIfAbsent(
          trait.field(),
          field -> rules.stream().filter(rule -> rule.field().equals(field)).count());
    }
    return new Fitted(
        rules,
        Scorecard.POINTS_TO_DOUBLE,
        Measured.of(chances, chances, success),
        Measured.of(points, chances(points, odds), success),
        odds.chance(0),
        today(cohort, points, odds),
        Lines.of(lines, cohort, points),
        used);
  }

  private static double[] chances(double[] scores, Odds odds) {
    return Arrays.stream(scores).map(odds::chance).toArray();
  }

  private static @Nullable Today today(Cohort cohort, double[] points, Odds odds) {
    var train = scored(cohort, 0, cohort.train());
    var test = scored(cohort, cohort.train(), cohort.size());
    var learned = success(cohort, train);
    var success = success(cohort, test);
    if (lacks(learned, FEWEST_TO_LEARN) || lacks(success, FEWEST_TO_JUDGE)) {
      return null;
    }
    var meaning = Odds.of(scores(cohort, train), learned);
    var scores = scores(cohort, test);
    var same = Arrays.stream(test).mapToDouble(i -> points[i - cohort.train()]).toArray();
    return new Today(
        Measured.of(scores, chances(scores, meaning), success),
        Measured.of(same, chances(same, odds), success),
        Roc.of(same, success).better(Roc.of(scores, success)));
  }

  private static int[] scored(Cohort cohort, int from, int to) {
    return IntStream.range(from, to)
        .filter(i -> cohort.subjects().get(i).score() != null)
        .toArray();
  }

  private static double[] scores(Cohort cohort, int[] places) {
    return Arrays.stream(places)
        .mapToDouble(
            i -> cohort.subjects().get(i).score() instanceof Double score ? score : Double.NaN)
        .toArray();
  }

  private static boolean[] success(Cohort cohort, int[] places) {
    var success = new boolean[places.length];
    for (int i = 0; i < places.length; i++) {
      success[i] = cohort.success()[places[i]];
    }
    return success;
  }

  private static boolean lacks(boolean[] success, int fewest) {
    long successes = IntStream.range(0, success.length).filter(i -> success[i]).count();
    return Math.min(successes, success.length - successes) < fewest;
  }
}
