package baton.handoff.notification;

import baton.handoff.notification.Next.Again;
import baton.handoff.notification.Next.Delivered;
import baton.handoff.notification.Next.Failed;
import baton.handoff.notification.Next.Gone;
import baton.handoff.notification.Reply.Answered;
import baton.handoff.notification.Reply.Refused;
import baton.handoff.notification.Reply.Silence;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is tried again, and when: silence, 408, 429 and every 5xx, by the pauses between attempts,
 * never before the receiver said. A redirect isn't followed and isn't tried again.
 */
public record Retries(List<Duration> pauses) {
  /** A pause grows by up to this part, so that what failed together doesn't come back together. */
  private static final double JITTER = 0.2;

  private static final Duration LONGEST_WAIT = Duration.ofHours(24);
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

  public Retries {
    pauses = List.copyOf(pauses);
  }

  /**
   * After attempt {@code tried}, the first being 1; {@code chance} is from 0 to 1 and spreads the
   * pauses.
   */
  public Next after(int tried, Reply reply, Instant now, double chance) {
    return switch (reply) {
      case Answered(var status, _, _) when status >= 200 && status < 300 -> new Delivered();
      case Answered(var status, _, _) when status == 410 -> new Gone();
      case Answered(var status, var retryAfter, _) when passes(status) ->
          again(tried, wanted(retryAfter, now), chance);
      case Answered _ -> new Failed();
      case Silence _, Refused _ -> again(tried, Duration.ZERO, chance);
    };
  }

  private Next again(int tried, Duration wanted, double chance) {
    if (tried > pauses.size()) {
      return new Failed();
    }
    var pause = pauses.get(tried - 1);
    var spread = pause.plusMillis((long) (pause.toMillis() * JITTER * chance));
    return new Again(spread.compareTo(wanted) < 0 ? wanted : spread);
  }

  private static boolean passes(int status) {
    return status == 408 || status == 429 || status >= 500;
  }

  /** Retry-After in seconds or as a date; what can't be read counts as nothing. */
  private static Duration wanted(@Nullable String retryAfter, Instant now) {
    if (retryAfter == null) {
      return Duration.ZERO;
    }
    var text = retryAfter.strip();
    if (SECONDS.matcher(text).matches()) {
      return bounded(Duration.ofSeconds(Long.parseLong(text)));
    }
    try {
      var date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
      return bounded(Duration.between(now, date.toInstant()));
    } catch (DateTimeException unreadable) {
      return Duration.ZERO;
    }
  }

  private static Duration bounded(Duration wanted) {
    if (wanted.isNegative()) {
      return Duration.ZERO;
    }
    return wanted.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wanted;
  }
}
