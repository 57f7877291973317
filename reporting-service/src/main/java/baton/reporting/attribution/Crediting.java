package baton.reporting.attribution;

import baton.reporting.attribution.Credits.Row;
import baton.reporting.attribution.Model.Markov;
import baton.reporting.attribution.Model.Weighing;
import baton.reporting.attribution.Route.Won;
import baton.reporting.money.Digits;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Shares out the credit of many routes, which may come in any order, and be taken away again. Not a
 * value: one thread at a time fills it.
 */
public final class Crediting {
  /** More keys than this make a chain that takes too long to solve. */
  public static final int MOST_KEYS = 1000;

  /** So finely is one conversion split. */
  private static final int DIGITS = 12;

  /** The weight of a removal effect of 1; a thousand of them still add up. */
  private static final double WHOLE = 1L << 52;

  /** A sum of conversions and their money. */
  private static final class Credit {
    private BigDecimal conversions = BigDecimal.ZERO;
    private final TreeMap<String, BigDecimal> revenue = new TreeMap<>();

    void add(BigDecimal converted) {
      conversions = conversions.add(converted);
    }

    void add(String currency, BigDecimal amount) {
      revenue.merge(currency, amount, BigDecimal::add);
    }

    boolean none() {
      return conversions.signum() == 0
          && revenue.values().stream().allMatch(amount -> amount.signum() == 0);
    }

    /** 1.50 and 1.5 are one amount, and must be one value. */
    Row row(Key key, @Nullable Double removalEffect) {
      var some = new TreeMap<>(revenue);
      some.values().removeIf(amount -> amount.signum() == 0);
      some.replaceAll((_, amount) -> amount.stripTrailingZeros());
      return new Row(key, conversions.stripTrailingZeros(), some, removalEffect);
    }
  }

  private final Terms terms;
  private final List<Whence.Part> by;
  private final Key untouched;
  private final Map<Key, Credit> credits = new HashMap<>();
  private final Credit total = new Credit();
  private final Chain<Key> chain = new Chain<>();

  /** What the chain is to share out. */
  private final Credit chained = new Credit();

  private final Map<Integer, Integer> charters = new HashMap<>();

  public Crediting(Terms terms) {
    this.terms = terms;
    this.by = terms.by();
    this.untouched = new Whence(null, null, null, null).key(by);
  }

  /** So many deals were won this way. */
  public void won(Won won, int times) {
    var path = terms.lookBack() == null ? won.path() : won.path().lookingBack(terms.lookBack());
    var conversions = BigDecimal.valueOf(times);
    charters.merge(won.charter(), times, (one, other) -> one + other == 0 ? null : one + other);
    var touches = path.touches().stream().map(touch -> touch.whence().key(by)).toList();
    if (touches.isEmpty()) {
      owe(credit(untouched), conversions, won, times);
    } else {
      switch (terms.model()) {
        case Weighing model -> share(touches, model.weights(path), won, times);
        case Markov() -> {
          chain.add(touches, true, times);
          owe(chained, conversions, won, times);
        }
      }
    }
    owe(total, conversions, won, times);
  }

  /** So many leads with these touches won nothing. */
  public void unwon(List<Whence> touches, long times) {
    if (terms.model() instanceof Markov) {
      chain.add(touches.stream().map(touch -> touch.key(by)).toList(), false, times);
    }
  }

  /** Whether this can't be solved in good time. */
  public boolean tooMany() {
    return chain.size() > MOST_KEYS;
  }

  private void share(List<Key> touches, long[] weights, Won won, int times) {
    var all = BigDecimal.valueOf(times);
    split(
        touches, weights, DIGITS, BigDecimal.ONE, (credit, part) -> credit.add(part.multiply(all)));
    if (won.amount() != null && won.currency() != null) {
      var currency = won.currency();
      split(
          touches,
          weights,
          digits(currency, won.amount()),
          won.amount(),
          (credit, part) -> credit.add(currency, part.multiply(all)));
    }
  }

  private interface Giving {
    void give(Credit to, BigDecimal part);
  }

  private void split(List<Key> keys, long[] weights, int digits, BigDecimal whole, Giving giving) {
    var parts = Shares.of(whole, digits, weights);
    for (int i = 0; i < parts.length; i++) {
      if (parts[i].signum() != 0) {
        giving.give(credit(keys.get(i)), parts[i]);
      }
    }
  }

  private static void owe(Credit to, BigDecimal conversions, Won won, int times) {
    to.add(conversions);
    if (won.amount() != null && won.currency() != null) {
      to.add(won.currency(), won.amount().multiply(BigDecimal.valueOf(times)));
    }
  }

  private Credit credit(Key key) {
    return credits.computeIfAbsent(key, _ -> new Credit());
  }

  /** Those of the currency, and more only if the amount has more. */
  private static int digits(String currency, BigDecimal amount) {
    return Math.max(Digits.of(currency), amount.stripTrailingZeros().scale());
  }

  /** All that was credited; nothing can be added any more. */
  public Credits credits() {
    var effects = solved();
    var rows = new ArrayList<Row>();
    for (var entry : credits.entrySet()) {
      var effect = effects.get(entry.getKey());
      if (effect != null || !entry.getValue().none()) {
        rows.add(entry.getValue().row(entry.getKey(), effect));
      }
    }
    rows.sort(Credits.IN_ORDER);
    return new Credits(new TreeSet<>(charters.keySet()), rows, total.row(new Key(List.of()), null));
  }

  /** Each key's share is its removal effect among all of them. */
  private SortedMap<Key, Double> solved() {
    var effects = chain.removalEffects();
    var keys = new ArrayList<Key>(effects.keySet());
    var weights =
        effects.values().stream()
            .mapToLong(effect -> Math.round(WHOLE * Math.max(0, effect)))
            .toArray();
    keys.forEach(this::credit);
    if (!keys.isEmpty()) {
      split(keys, weights, DIGITS, chained.conversions, Credit::add);
      chained.revenue.forEach(
          (currency, amount) ->
              split(
                  keys,
                  weights,
                  digits(currency, amount),
                  amount,
                  (credit, part) -> credit.add(currency, part)));
    }
    return effects;
  }
}
