package baton.reporting.funnel;

import java.util.Map;
import java.util.TreeMap;

/** The terms of {@link Matter#CUSTOMER}. */
public final class Loyalty {
  static final String CUSTOMER = "customer";
  static final String REPEATED = "repeated";
  static final String RENEWED = "renewed";
  static final String CHURNED = "churned";

  /** Before the number of a bin. */
  static final String BUYING = "buying:";

  static final String RENEWING = "renewing:";
  static final String CHURNING = "churning:";

  private final Map<String, Long> terms;

  public Loyalty(Counts counts) {
    terms = counts.noted(Matter.CUSTOMER);
  }

  public long customers() {
    return count(CUSTOMER);
  }

  /** Who bought at least twice. */
  public long repeated() {
    return count(REPEATED);
  }

  public long renewed() {
    return count(RENEWED);
  }

  public long churned() {
    return count(CHURNED);
  }

  /** How many did each of these in one bin. */
  public record Bin(long buying, long renewing, long churning) {}

  /** By number, from the first to the last in which anybody did anything. */
  public TreeMap<Integer, Bin> bins() {
    var bins = new TreeMap<Integer, Bin>();
    for (var term : terms.keySet()) {
      int colon = term.indexOf(':');
      if (colon >= 0) {
        bins.put(Integer.parseInt(term.substring(colon + 1)), new Bin(0, 0, 0));
      }
    }
    for (int bin = bins.isEmpty() ? -1 : bins.lastKey(); bin >= 0; bin--) {
      bins.put(bin, new Bin(count(BUYING + bin), count(RENEWING + bin), count(CHURNING + bin)));
    }
    return bins;
  }

  private long count(String term) {
    return terms.getOrDefault(term, 0L);
  }
}
