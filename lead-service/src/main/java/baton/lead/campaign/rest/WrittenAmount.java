package baton.lead.campaign.rest;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An amount as people and ad tools write it: {@code 1250.00}, {@code 1.250,00 €}, {@code US$1,250}.
 *
 * @param readings what it is by each decimal sign by which it can be read; none where it is no
 *     amount
 * @param currency whose sign or code stands beside it; null where none does, or one of several
 *     countries', as {@code $}
 */
record WrittenAmount(Map<DecimalSign, BigDecimal> readings, @Nullable String currency) {
  /**
   * What stands before the fraction; the other one, blanks and apostrophes keep thousands apart.
   */
  enum DecimalSign {
    POINT('.', ','),
    COMMA(',', '.');

    private final char sign;
    private final Pattern form;

    DecimalSign(char sign, char other) {
      this.sign = sign;
      this.form =
          Pattern.compile(
              "([0-9]{1,15}|[1-9][0-9]{0,2}(?:([%s'’ \u00A0\u202F])[0-9]{3}(?:\\2[0-9]{3}){0,4}))(?:[%s]([0-9]{1,9}))?"
                  .formatted(other, sign));
    }

    String word() {
      return this == POINT ? "point" : "comma";
    }

    private Optional<BigDecimal> read(String number) {
      var found = form.matcher(number);
      if (!found.matches()) {
        return Optional.empty();
      }
      int end = number.lastIndexOf(sign);
      var whole = (end < 0 ? number : number.substring(0, end)).replaceAll("[^0-9]", "");
      return Optional.of(new BigDecimal(end < 0 ? whole : whole + '.' + number.substring(end + 1)));
    }
  }

  private static final String BLANK = "[\\s\u00A0\u202F]*";
  private static final Pattern PARTS =
      Pattern.compile(
          "(?<before>[\\p{L}\\p{Sc}]{0,4})"
              + BLANK
              + "(?<number>[0-9](?:[0-9.,'’ \u00A0\u202F]*[0-9])?)"
              + BLANK
              + "(?<after>[\\p{L}\\p{Sc}]{0,4})");
  private static final Map<String, String> SIGNS =
      Map.of(
          "€", "EUR", "£", "GBP", "US$", "USD", "CA$", "CAD", "A$", "AUD", "R$", "BRL", "₹", "INR",
          "zł", "PLN");
  private static final Set<String> OF_SEVERAL = Set.of("$", "¥", "kr", "");
  private static final Set<String> CODES =
      Currency.getAvailableCurrencies().stream()
          .map(Currency::getCurrencyCode)
          .collect(Collectors.toUnmodifiableSet());
  private static final WrittenAmount NONE = new WrittenAmount(Map.of(), null);

  static WrittenAmount of(String cell) {
    var parts = PARTS.matcher(cell);
    if (!parts.matches()) {
      return NONE;
    }
    var before = parts.group("before");
    var beside = before.isEmpty() ? parts.group("after") : before;
    var currency = CODES.contains(beside) ? beside : SIGNS.get(beside);
    boolean isBoth = !before.isEmpty() && !parts.group("after").isEmpty();
    if (isBoth || currency == null && !OF_SEVERAL.contains(beside)) {
      return NONE;
    }
    var readings = new EnumMap<DecimalSign, BigDecimal>(DecimalSign.class);
    for (var sign : DecimalSign.values()) {
      sign.read(parts.group("number")).ifPresent(amount -> readings.put(sign, amount));
    }
    return new WrittenAmount(readings, currency);
  }

  boolean isNone() {
    return readings.isEmpty();
  }

  /** By which decimal sign alone it can be read. */
  Optional<DecimalSign> shows() {
    return readings.size() == 1
        ? Optional.of(readings.keySet().iterator().next())
        : Optional.empty();
  }

  /** Whether it is the same by either sign, or can be read by one alone. */
  boolean isPlain() {
    return readings.values().stream().distinct().count() == 1;
  }
}
