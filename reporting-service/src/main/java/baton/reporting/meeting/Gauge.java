package baton.reporting.meeting;

import java.util.Locale;
import java.util.Set;

/** A number of the scorecard that both sides look at week by week. */
public enum Gauge {
  MQLS("MQLs", Side.MARKETING, "/marketing/mqls", Keys.READINESS, "mql", "mql-inferred"),
  ACCEPTANCE(
      "accepted of decided",
      Side.MARKETING,
      "/marketing/acceptance/rate",
      Keys.READINESS,
      "sal",
      "rejected"),
  REJECTED(
      "rejected of decided",
      Side.MARKETING,
      "/marketing/rejected/rate",
      Keys.READINESS,
      "rejected"),
  RE_MQL_YIELD(
      "SQL of those that came back", Side.MARKETING, "/marketing/reMqlYield/rate", Keys.READINESS),
  MARKETING_KEPT(
      "promises kept by marketing",
      Side.MARKETING,
      "/marketing/promises/attainment",
      Set.of("marketing", "calendars"),
      "promises-met",
      "promises-breached",
      "promises-excused"),
  TIME_TO_ASSIGN(
      "time to assign, p50", Side.SALES, "/sales/timeToAssign/p50", Set.of("routing", "calendars")),
  OWNER_HOPS("owner changes per pass", Side.SALES, "/sales/ownerHops/perPass", Set.of("routing")),
  IGNORED("ignored of offered", Side.SALES, "/sales/ignored/rate", Keys.SALES),
  ATTEMPTS(
      "attempts made as promised", Side.SALES, "/sales/attemptsCompliance/attainment", Keys.SALES),
  FEEDBACK(
      "feedback given in time", Side.SALES, "/sales/feedbackCompleteness/attainment", Keys.SALES),
  RECYCLED(
      "given back of ended", Side.SALES, "/sales/recycle/rate", Set.of("vocabulary"), "returned"),
  SALES_KEPT(
      "promises kept by sales",
      Side.SALES,
      "/sales/promises/attainment",
      Keys.SALES,
      "promises-met",
      "promises-breached",
      "promises-excused"),
  WON("won", Side.BOTH, "/both/leadToCustomer/won", Set.of(), "won"),
  WIN_RATE("won of closed", Side.BOTH, "/both/winRate/byCount", Set.of(), "won", "deals-lost"),
  CYCLE("captured to won, median", Side.BOTH, "/both/cycle/fromCaptured", Set.of(), "won"),
  REVENUE("revenue", Side.BOTH, "/both/revenue", Set.of(), "revenue"),
  REVENUE_IN_ONE(
      "revenue in the charter's currency",
      Side.BOTH,
      "/both/revenueInOne",
      Set.of("rates", "reportingCurrency"),
      "revenue");

  /** Whose number it is. */
  public enum Side {
    MARKETING,
    SALES,
    BOTH;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final class Keys {
    private static final Set<String> READINESS =
        Set.of("personas", "scoring", "idealCustomer", "vocabulary");
    private static final Set<String> SALES = Set.of("sales", "calendars");

    private Keys() {}
  }

  private final String words;
  private final Side side;
  private final String pointer;
  private final Set<String> definedBy;
  private final Set<String> metrics;

  Gauge(String words, Side side, String pointer, Set<String> definedBy, String... metrics) {
    this.words = words;
    this.side = side;
    this.pointer = pointer;
    this.definedBy = definedBy;
    this.metrics = Set.of(metrics);
  }

  /** Its name in an answer. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * What it is in: {@code count}, {@code share}, {@code per-pass}, {@code duration}, {@code money}.
   */
  public String unit() {
    return switch (this) {
      case MQLS, WON -> "count";
      case OWNER_HOPS -> "per-pass";
      case TIME_TO_ASSIGN, CYCLE -> "duration";
      case REVENUE, REVENUE_IN_ONE -> "money";
      case ACCEPTANCE,
          REJECTED,
          RE_MQL_YIELD,
          MARKETING_KEPT,
          IGNORED,
          ATTEMPTS,
          FEEDBACK,
          RECYCLED,
          SALES_KEPT,
          WIN_RATE ->
          "share";
    };
  }

  /** Whether it grows with the days; a share or a time doesn't. */
  boolean grows() {
    return unit().equals("count") || unit().equals("money");
  }

  /** What it is, for people. */
  public String words() {
    return words;
  }

  public Side side() {
    return side;
  }

  /** Where the total of a scorecard says it. */
  public String pointer() {
    return pointer;
  }

  /** The keys of a charter that decide what it counts. */
  Set<String> definedBy() {
    return definedBy;
  }

  /** Of what is restated, what it is made of. */
  Set<String> metrics() {
    return metrics;
  }
}
