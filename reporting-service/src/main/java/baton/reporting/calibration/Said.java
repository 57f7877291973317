package baton.reporting.calibration;

import baton.contracts.Json;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What a field of a lead says. */
sealed interface Said {
  int LONGEST = 200;

  /**
   * A word, or a yes or no.
   *
   * @param literal as a rule writes it: {@code "google"} in quotation marks, {@code true} without
   */
  record Word(String literal) implements Said {}

  record Amount(double number) implements Said {}

  /** Null for what no rule can be made of: nothing, a text that is too long. */
  static @Nullable Said word(@Nullable String word) {
    return word == null || word.length() > LONGEST
        ? null
        : new Word(new String(Json.bytes(word), StandardCharsets.UTF_8));
  }

  /** What a JSON value says; null for lists, objects, long texts and null. */
  static @Nullable Said value(String json) {
    return switch (json.charAt(0)) {
      case '"', 't', 'f' -> json.length() > LONGEST ? null : new Word(json);
      case '[', '{', 'n' -> null;
      default -> new Amount(Double.parseDouble(json));
    };
  }
}
