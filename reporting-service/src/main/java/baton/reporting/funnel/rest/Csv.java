package baton.reporting.funnel.rest;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lines of a table, safe to open in a spreadsheet: text that one would take for a formula gets an
 * apostrophe.
 */
final class Csv {
  private static final String FORMULAS = "=+-@\t\r\n\0＝＋－＠";

  private Csv() {}

  static String of(List<List<String>> lines) {
    return lines.stream()
        .map(line -> String.join(",", line))
        .collect(Collectors.joining("\r\n", "", "\r\n"));
  }

  /** Absent is empty, and empty is quoted. */
  static String text(@Nullable String value) {
    if (value == null) {
      return "";
    }
    var safe = !value.isEmpty() && FORMULAS.indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
    return "\"" + safe.replace("\"", "\"\"") + "\"";
  }

  static String capital(String word) {
    return word.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }
}
