package baton.chassis.json;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a body is said to be. */
public final class ContentType {
  public static final String CSV = "text/csv";

  /** By what other names browsers and tools send CSV; Windows has Excel's for it. */
  public static final String CSV_OF_EXCEL = "application/vnd.ms-excel";

  public static final String CSV_OF_TOOLS = "application/csv";

  public static final String LINES = "application/x-ndjson";

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
