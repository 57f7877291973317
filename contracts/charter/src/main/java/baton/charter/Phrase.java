package baton.charter;

import baton.charter.time.Window;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** What stands in a charter in codes, in words. */
public final class Phrase {
  private Phrase() {}

  /** {@code 1 business day}, {@code 4 open hours}, {@code 14 days}. */
  public static String of(Window window) {
    var open = window.business() ? "open " : "";
    var parts = new ArrayList<String>();
    amount(parts, window.days().getDays(), window.business() ? "business day" : "day");
    amount(parts, window.time().toHours(), open + "hour");
    amount(parts, window.time().toMinutesPart(), open + "minute");
    amount(parts, window.time().toSecondsPart(), open + "second");
    return parts.isEmpty() ? "no time" : String.join(" and ", parts);
  }

  private static void amount(List<String> parts, long count, String unit) {
    if (count > 0) {
      parts.add(count + " " + unit + (count == 1 ? "" : "s"));
    }
  }

  /** {@code 0.25} as {@code 25 %}. */
  public static String percent(BigDecimal share) {
    return share.movePointRight(2).stripTrailingZeros().toPlainString() + " %";
  }

  /** {@code a, b and c}. */
  public static String list(List<String> words, String last) {
    if (words.size() < 2) {
      return String.join("", words);
    }
    return String.join(", ", words.subList(0, words.size() - 1))
        + " "
        + last
        + " "
        + words.getLast();
  }
}
