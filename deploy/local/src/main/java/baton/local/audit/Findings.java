package baton.local.audit;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What two exports say.
 *
 * @param filled how many people have a field
 * @param complete how many have e-mail, company and job title
 * @param unreadLeads rows that couldn't be read, by why
 */
public record Findings(
    long leadRows,
    Tally all,
    Map<String, Tally> bySource,
    Repeated repeated,
    Deals deals,
    Map<Field, Long> filled,
    long complete,
    Map<String, Long> unreadLeads,
    Map<String, Long> unreadDeals) {
  static final String NO_SOURCE = "(none)";

  /** How soon sales first tried, on the wall clock. */
  public enum Speed {
    WITHIN_AN_HOUR,
    WITHIN_A_DAY,
    LATER,
    UNDATED,
    NEVER;

    static Speed of(long millis) {
      if (millis <= Duration.ofHours(1).toMillis()) {
        return WITHIN_AN_HOUR;
      }
      return millis <= Duration.ofDays(1).toMillis() ? WITHIN_A_DAY : LATER;
    }
  }

  /**
   * People counted together.
   *
   * @param untriedWon customers of whom no outreach is written down
   * @param early tried before they came, by the dates
   * @param wonEarly won before they came, by the dates
   */
  public record Tally(
      long leads,
      long won,
      long untriedWon,
      long early,
      long wonEarly,
      Span tried,
      Span cycle,
      long[] ofSpeed,
      long[] wonOfSpeed) {
    long of(Speed... speeds) {
      return Stream.of(speeds).mapToLong(speed -> ofSpeed[speed.ordinal()]).sum();
    }

    long wonOf(Speed... speeds) {
      return Stream.of(speeds).mapToLong(speed -> wonOfSpeed[speed.ordinal()]).sum();
    }

    long never() {
      return of(Speed.NEVER);
    }
  }

  /**
   * What is there more than once.
   *
   * @param nameless leads without an id, an address or a number
   * @param further deals of somebody who was a customer already
   */
  public record Repeated(Map<Audit.By, Long> leads, long nameless, long deals, long further) {
    long rows() {
      return leads.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /** Amounts by currency, the empty one where nobody says which. */
  public record Deals(
      long rows,
      Map<Audit.Result, Long> results,
      Map<Audit.By, Long> matched,
      Map<Audit.Result, Long> unmatched,
      Map<String, BigDecimal> wonAmounts,
      Map<String, BigDecimal> unmatchedAmounts,
      long unreadableAmounts) {
    long counted() {
      return sum(results);
    }

    public long allMatched() {
      return sum(matched);
    }

    long allUnmatched() {
      return sum(unmatched);
    }

    private static long sum(Map<?, Long> counts) {
      return counts.values().stream().mapToLong(Long::longValue).sum();
    }
  }
}
