package baton.chassis.trace;

import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.common.vertx.VertxContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The {@code traceparent} of the request or record at hand. */
@ApplicationScoped
public class Trace {
  private static final String TRACEPARENT = "baton.traceparent";
  private static final Pattern VALID =
      Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

  /** The trace at hand, or null where there is none. */
  public @Nullable String current() {
    return VertxContext.isOnDuplicatedContext()
        ? ContextLocals.<String>get(TRACEPARENT).orElse(null)
        : null;
  }

  /** Makes this the trace of all that follows on this request or record; null ends the last. */
  public void follow(@Nullable String traceparent) {
    if (!VertxContext.isOnDuplicatedContext()) {
      return;
    }
    if (isValid(traceparent)) {
      ContextLocals.put(TRACEPARENT, traceparent);
    } else {
      ContextLocals.remove(TRACEPARENT);
    }
  }

  /** Whether this is a W3C traceparent of version 00. */
  public static boolean isValid(@Nullable String traceparent) {
    return traceparent != null && VALID.matcher(traceparent).matches();
  }

  /** The trace that a request names, or a new one. */
  public static String begun(@Nullable String given) {
    if (given != null && isValid(given)) {
      return given;
    }
    var random = ThreadLocalRandom.current();
    var hex = HexFormat.of();
    return "00-"
        + hex.toHexDigits(random.nextLong())
        + hex.toHexDigits(random.nextLong())
        + "-"
        + hex.toHexDigits(random.nextLong())
        + "-00";
  }

  /** The id in a valid traceparent, by which log lines are found. */
  public static String id(String traceparent) {
    return traceparent.substring(3, 35);
  }
}
