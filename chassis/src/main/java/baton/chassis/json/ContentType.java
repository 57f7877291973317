package baton.chassis.json;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a body is said to be. */
public final class ContentType {
  private ContentType() {}

  /** In small letters and without parameters; empty where nothing is said. */
  public static String of(@Nullable String header) {
    if (header == null) {
      return "";
    }
    int end = header.indexOf(';');
    return (end < 0 ? header : header.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }
}
