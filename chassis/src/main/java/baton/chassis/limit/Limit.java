package baton.chassis.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/**
 * So many requests in a window, for each of those it counts. Who wasn't seen for a window has all
 * of it again, so nobody gains by being forgotten; beyond the most that are remembered, those seen
 * least are.
 */
public final class Limit {
  private static final int REMEMBERED = 50_000;
  private static final long SECOND = 1_000_000_000;

  /** Where a request stands; {@code resetSeconds} until all is there again. */
  public record Standing(boolean isGranted, long remaining, long resetSeconds, Duration retry) {}

  private final String name;
  private final long quota;
  private final Duration window;
  private final TimeMeter time;
  private final String policy;
  private final Cache<String, Bucket> buckets;

  /**
   * A limit that is said by this name.
   *
   * @param quota how many; 0 is no limit
   */
  public Limit(String name, long quota, Duration window) {
    this(name, quota, window, TimeMeter.SYSTEM_NANOTIME);
  }

  Limit(String name, long quota, Duration window, TimeMeter time) {
    this.name = name;
    this.quota = quota;
    this.window = window;
    this.time = time;
    this.policy = "\"" + name + "\";q=" + quota + ";w=" + Math.max(1, window.toSeconds());
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterAccess(window)
            .executor(Runnable::run)
            .build();
  }

  /** Whether there is a limit at all. */
  public boolean isOn() {
    return quota > 0;
  }

  /** Takes one of what is left to them. */
  public Standing take(String who) {
    var probe = buckets.get(who, _ -> bucket()).tryConsumeAndReturnRemaining(1);
    return new Standing(
        probe.isConsumed(),
        probe.getRemainingTokens(),
        seconds(probe.getNanosToWaitForReset()),
        Duration.ofSeconds(seconds(probe.getNanosToWaitForRefill())));
  }

  /** Whether nothing is left to them; takes nothing. */
  public boolean isSpent(String who) {
    var bucket = buckets.getIfPresent(who);
    return bucket != null && bucket.getAvailableTokens() == 0;
  }

  /** How soon one more is granted to who has spent all. */
  public Duration refill() {
    return Duration.ofSeconds(seconds(window.toNanos() / Math.max(1, quota)));
  }

  /** The limit as a {@code RateLimit-Policy}. */
  public String policy() {
    return policy;
  }

  /** What is left of it as a {@code RateLimit}. */
  public String left(Standing standing) {
    return "\"" + name + "\";r=" + standing.remaining() + ";t=" + standing.resetSeconds();
  }

  private Bucket bucket() {
    return Bucket.builder()
        .addLimit(Bandwidth.builder().capacity(quota).refillGreedy(quota, window).build())
        .withCustomTimePrecision(time)
        .build();
  }

  private static long seconds(long nanos) {
    return Math.ceilDiv(nanos, SECOND);
  }
}
