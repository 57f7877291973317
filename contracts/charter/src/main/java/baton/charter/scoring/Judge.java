package baton.charter.scoring;

import baton.charter.Agreement;
import baton.charter.Persona;
import baton.charter.Scoring;
import baton.charter.Terms;
import baton.charter.Tier;
import baton.charter.expression.Expression;
import baton.charter.expression.Facts;
import baton.charter.expression.Touch;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Judges leads by one charter. A part is the sum of points × 2^(−age ÷ half-life) over its touches,
 * capped at {@code atMost}, then rounded half-even to two decimals; the score is the sum of the
 * parts. Rounding parts and never the sum is what makes them add up.
 */
public final class Judge {
  /** Why a lead is ready that its source says is an MQL. */
  public static final String BY_ITS_SOURCE = "qualified by its source";

  private static final int DECIMALS = 2;
  private static final Duration LONGEST_LOOK = Duration.ofDays(3_653);

  private static final int MOST_TRIED = 50;

  private final Terms terms;

  public Judge(Agreement agreement) {
    this.terms = agreement.terms();
  }

  /** Touches after the instant don't count: they hadn't happened. */
  public Judgement judge(Facts facts, Instant at) {
    return judge(facts, at, null);
  }

  /**
   * The judgement of a lead that was ready before: what it did up to {@code since} still makes
   * points, but nothing of that makes it ready at once again.
   */
  public Judgement judge(Facts facts, Instant at, @Nullable Instant since) {
    var tiered = facts.withTier(tier(facts));
    var persona = persona(tiered);
    var known = tiered.withPersona(persona.id());
    var parts = parts(known, at);
    var score = sum(parts);
    var excludedBy = excludedBy(known);
    var readiness = readiness(persona, known.withScore(score), score, since, excludedBy);
    return new Judgement(at, tiered.tier(), persona, score, parts, excludedBy, readiness);
  }

  /** Whether the rule that skips the score holds by what the lead did after {@code since} alone. */
  public boolean atOnce(Facts facts, Judgement judgement, Instant since) {
    var known =
        facts
            .withTier(judgement.tier())
            .withPersona(judgement.persona().id())
            .withScore(judgement.score())
            .since(since);
    return judgement.persona().ready().instantly() instanceof Expression rule && rule.holds(known);
  }

  /** The first tier whose rule holds; null where the charter defines none. */
  public @Nullable String tier(Facts facts) {
    for (Tier tier : terms.tiers()) {
      if (tier.when().holds(facts)) {
        return tier.tier();
      }
    }
    return null;
  }

  /** The first persona whose rule holds; the last one's always does. */
  public Persona persona(Facts facts) {
    for (var persona : terms.personas()) {
      if (persona.when().holds(facts)) {
        return persona;
      }
    }
    return terms.personas().getLast();
  }

  /**
   * When a score at {@code from} falls below the line by age alone, to the second and within ten
   * years; null if it is below already, or never falls.
   */
  public @Nullable Instant fallsBelow(Facts facts, BigDecimal line, Instant from) {
    var known = facts.withTier(tier(facts));
    known = known.withPersona(persona(known).id());
    if (sum(parts(known, from)).compareTo(line) < 0) {
      return null;
    }
    long above = 0;
    long below = LONGEST_LOOK.toSeconds();
    if (scoreAfter(known, from, below).compareTo(line) >= 0) {
      return null;
    }
    while (below - above > 1) {
      long middle = above + (below - above) / 2;
      if (scoreAfter(known, from, middle).compareTo(line) >= 0) {
        above = middle;
      } else {
        below = middle;
      }
    }
    return from.plusSeconds(below);
  }

  private BigDecimal scoreAfter(Facts facts, Instant from, long seconds) {
    var later = from.plusSeconds(seconds);
    var score = sum(fit(facts));
    for (var rule : terms.scoring().engagement()) {
      score = score.add(part(rule, facts, from, later).points());
    }
    return score;
  }

  // ---- parts

  private List<Part> parts(Facts facts, Instant at) {
    var parts = new ArrayList<>(fit(facts));
    for (var rule : terms.scoring().engagement()) {
      parts.add(part(rule, facts, at, at));
    }
    return parts;
  }

  private List<Part> fit(Facts facts) {
    var parts = new ArrayList<Part>();
    for (var rule : terms.scoring().fit()) {
      var answer = rule.when().ask(facts);
      parts.add(
          answer.holds()
              ? new Part(rule.id(), rounded(rule.points()), null)
              : new Part(rule.id(), ZERO, answer.why()));
    }
    return parts;
  }

  /** Touches up to {@code until} count, as old as they are {@code at} that time. */
  private static Part part(Scoring.Engagement rule, Facts facts, Instant until, Instant at) {
    double sum = 0;
    int counted = 0;
    Touch last = null;
    for (var touch : facts.touches()) {
      if (touch.kind().equals(rule.touch()) && !touch.at().isAfter(until)) {
        sum +=
            rule.points().doubleValue() * decay(Duration.between(touch.at(), at), rule.halfLife());
        counted++;
        last = touch;
      }
    }
    if (last == null) {
      return new Part(rule.id(), ZERO, "no " + rule.touch());
    }
    var points = rounded(new BigDecimal(sum));
    var why = explanation(rule, counted, last, at);
    var cap = rule.atMost();
    if (cap != null && points.compareTo(cap) > 0) {
      return new Part(rule.id(), rounded(cap), why + ", capped from " + points.toPlainString());
    }
    return new Part(rule.id(), points, why);
  }

  private static double decay(Duration age, @Nullable Duration halfLife) {
    return halfLife == null ? 1 : Math.exp(-LN2 * age.toMillis() / halfLife.toMillis());
  }

  private static final double LN2 = Math.log(2);
  private static final BigDecimal ZERO = new BigDecimal("0.00");

  private static String explanation(Scoring.Engagement rule, int counted, Touch last, Instant at) {
    var age = Duration.between(last.at(), at);
    return (counted == 1 ? rule.touch() : counted + " × " + rule.touch() + ", the last")
        + " "
        + age(age)
        + " old"
        + (rule.halfLife() == null ? "" : ", halved every " + age(rule.halfLife()));
  }

  private static String age(Duration age) {
    if (age.toDays() > 0) {
      return age.toDays() == 1 ? "1 day" : age.toDays() + " days";
    }
    return age.toHours() > 0 ? age.toHours() + " h" : age.toMinutes() + " min";
  }

  private static BigDecimal rounded(BigDecimal points) {
    return points.setScale(DECIMALS, RoundingMode.HALF_EVEN);
  }

  private static BigDecimal sum(List<Part> parts) {
    return parts.stream().map(Part::points).reduce(ZERO, BigDecimal::add);
  }

  // ---- readiness

  private @Nullable String excludedBy(Facts facts) {
    for (var exclusion : terms.scoring().exclude()) {
      if (exclusion.when().holds(facts)) {
        return exclusion.id();
      }
    }
    return null;
  }

  private static Readiness readiness(
      Persona persona,
      Facts facts,
      BigDecimal score,
      @Nullable Instant since,
      @Nullable String excludedBy) {
    var missing = persona.ready().fields().stream().filter(field -> !facts.knows(field)).toList();
    if (excludedBy != null) {
      return new Readiness.NotYet("excluded by " + excludedBy, missing);
    }
    var reached = reached(persona, since == null ? facts : facts.since(since), score);
    if (reached == null) {
      return new Readiness.NotYet(fallsShort(persona, score), missing);
    }
    return missing.isEmpty()
        ? new Readiness.Ready(reached)
        : new Readiness.NotYet(reached + ", but lacks " + String.join(", ", missing), missing);
  }

  private static @Nullable String reached(Persona persona, Facts facts, BigDecimal score) {
    var line = persona.ready().score();
    if (persona.ready().instantly() instanceof Expression rule && rule.holds(facts)) {
      return facts.qualified() ? BY_ITS_SOURCE : "ready at once: " + handRaised(rule, facts);
    }
    return line != null && score.compareTo(line) >= 0
        ? "score " + score.toPlainString() + " reached the line of " + line.toPlainString()
        : null;
  }

  /** The latest touch that makes the rule hold by itself, where there is one. */
  private static String handRaised(Expression rule, Facts facts) {
    var touches = facts.touches();
    for (int i = touches.size() - 1; i >= Math.max(0, touches.size() - MOST_TRIED); i--) {
      if (rule.holds(facts.withOnly(touches.get(i)))) {
        return touches.get(i).kind();
      }
    }
    return "its persona's rule holds";
  }

  private static String fallsShort(Persona persona, BigDecimal score) {
    var line = persona.ready().score();
    return line == null
        ? persona.name() + " is ready by its rule only, which doesn't hold"
        : "score "
            + score.toPlainString()
            + " is "
            + line.subtract(score).toPlainString()
            + " short of the line of "
            + line.toPlainString();
  }
}
