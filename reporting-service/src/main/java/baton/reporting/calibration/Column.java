package baton.reporting.calibration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What all leads say in one field, a word as its number. */
final class Column {
  private static final int ABSENT = 0;
  private static final int AMOUNT = -1;
  private static final int MOST_WORDS = 5_000;

  private final int[] codes;
  private double @Nullable [] amounts;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> words = new ArrayList<>();
  private boolean endless;
  private final BitSet late = new BitSet();

  Column(int leads) {
    this.codes = new int[leads];
  }

  /** Null for nothing. */
  void set(int lead, @Nullable Said said) {
    codes[lead] =
        switch (said) {
          case null -> ABSENT;
          case Said.Word(var literal) -> code(literal);
          case Said.Amount(var number) -> {
            var known = amounts;
            if (known == null) {
              known = new double[codes.length];
              amounts = known;
            }
            known[lead] = number;
            yield AMOUNT;
          }
        };
  }

  private int code(String literal) {
    var number = numbers.get(literal);
    if (number != null) {
      return number;
    }
    if (words.size() == MOST_WORDS) {
      endless = true;
      return ABSENT;
    }
    words.add(literal);
    numbers.put(literal, words.size());
    return words.size();
  }

  boolean absent(int lead) {
    return codes[lead] == ABSENT;
  }

  /** Null if there is none, or a number. */
  @Nullable String word(int lead) {
    return codes[lead] > 0 ? words.get(codes[lead] - 1) : null;
  }

  /** Not a number if there is none. */
  double amount(int lead) {
    return codes[lead] == AMOUNT && amounts != null ? amounts[lead] : Double.NaN;
  }

  /** Whether it says numbers and nothing else. */
  boolean measured() {
    return amounts != null && words.isEmpty() && !endless;
  }

  /** Whether it has more words than can be told apart. */
  boolean endless() {
    return endless;
  }

  /** Somebody wrote here of a lead that was handed over already, and of which it said nothing. */
  void wroteLate(int lead) {
    late.set(lead);
  }

  int late() {
    return late.cardinality();
  }

  long present() {
    return Arrays.stream(codes).filter(code -> code != ABSENT).count();
  }
}
