package baton.reporting.funnel;

import baton.reporting.funnel.Part.Kind;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Deals won, lost and open. One with several contacts is told of once, by the lead that has it.
 *
 * @param valued of those won, how many of each currency have an amount
 */
public record Deals(
    long won,
    long lost,
    long open,
    Map<String, Long> valued,
    Map<String, Long> openValued,
    Map<String, BigDecimal> revenue,
    Map<String, BigDecimal> lostValue,
    Map<String, Map<String, BigDecimal>> pipeline) {

  public static Deals of(Counts counts) {
    var deals = counts.noted(Matter.DEAL);
    var open = counts.noted(Matter.OPEN_DEAL);
    var pipeline = new TreeMap<String, Map<String, BigDecimal>>();
    counts
        .tallied(Kind.PIPELINE)
        .forEach(
            (label, amount) -> {
              var words = Term.words(label);
              pipeline
                  .computeIfAbsent(words.getFirst(), _ -> new TreeMap<>())
                  .merge(words.size() > 1 ? words.get(1) : "", amount, BigDecimal::add);
            });
    return new Deals(
        deals.getOrDefault("won", 0L),
        deals.getOrDefault("lost", 0L),
        open.getOrDefault("deal", 0L),
        byCurrency(deals, "won"),
        byCurrency(open, "deal"),
        counts.tallied(Kind.REVENUE),
        counts.tallied(Kind.LOST_VALUE),
        pipeline);
  }

  private static Map<String, Long> byCurrency(Map<String, Long> terms, String of) {
    var counts = new TreeMap<String, Long>();
    terms.forEach(
        (term, count) -> {
          var words = Term.words(term);
          if (words.size() > 1 && words.getFirst().equals(of)) {
            counts.put(words.get(1), count);
          }
        });
    return counts;
  }

  /** Won of those won or lost; null if there are none. */
  public @Nullable Double winRate() {
    return won + lost == 0 ? null : (double) won / (won + lost);
  }

  /** The same, by what they were worth in one currency. */
  public @Nullable Double winRate(String currency) {
    var got = revenue.getOrDefault(currency, BigDecimal.ZERO);
    var all = got.add(lostValue.getOrDefault(currency, BigDecimal.ZERO));
    return all.signum() == 0 ? null : got.divide(all, MathContext.DECIMAL64).doubleValue();
  }

  /** What a deal of this currency brings on average; null if none did. */
  public @Nullable BigDecimal mean(String currency) {
    long many = valued.getOrDefault(currency, 0L);
    return many == 0
        ? null
        : revenue
            .getOrDefault(currency, BigDecimal.ZERO)
            .divide(BigDecimal.valueOf(many), MathContext.DECIMAL64);
  }

  /** What open deals of this currency may bring a day, if they go as those before. */
  public @Nullable BigDecimal velocity(String currency, @Nullable Double cycleInDays) {
    var mean = mean(currency);
    var rate = winRate();
    if (mean == null || rate == null || cycleInDays == null || cycleInDays == 0) {
      return null;
    }
    return BigDecimal.valueOf(openValued.getOrDefault(currency, 0L))
        .multiply(mean)
        .multiply(BigDecimal.valueOf(rate))
        .divide(BigDecimal.valueOf(cycleInDays), MathContext.DECIMAL64);
  }

  /** By currency, what is expected to close in {@code [from, to)}. */
  public Map<String, BigDecimal> expected(LocalDate from, LocalDate to) {
    var expected = new TreeMap<String, BigDecimal>();
    pipeline.forEach(
        (currency, byClose) ->
            byClose.forEach(
                (close, amount) -> {
                  if (!close.isEmpty()
                      && !LocalDate.parse(close).isBefore(from)
                      && LocalDate.parse(close).isBefore(to)) {
                    expected.merge(currency, amount, BigDecimal::add);
                  }
                }));
    return expected;
  }
}
