package baton.reporting.fold.kafka;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalInt;

/** How the fold reads. */
@ConfigMapping(prefix = "baton.fold")
interface FoldSettings {
  /** Off where only reports are served. */
  @WithDefault("true")
  boolean enabled();

  /** Threads, each a member of the consumer group. */
  @WithDefault("2")
  int workers();

  @WithDefault("reporting-fold")
  String group();

  /** How long a batch waits for company once there is something to fold: freshness against CPU. */
  @WithDefault("PT0.01S")
  Duration linger();

  /** The same while behind, where the size of a batch is what counts. */
  @WithDefault("PT0.25S")
  Duration lingerBehind();

  /** The most records of a batch; unless said, what the heap has room for, 50,000 at most. */
  OptionalInt batch();

  /**
   * Journeys that each worker remembers, so as not to read them again; unless said, by the heap.
   */
  OptionalInt remembered();

  /** A record in hand takes some 8 KiB, as bytes, event, journeys, cells, notes and routes. */
  default int mostRecords() {
    return batch().orElseGet(() -> Math.clamp(share() / 8_192, 1_000, 50_000));
  }

  /** A long record takes the more, some ten times the bytes it came as. */
  default long mostBytes() {
    return share() / 10;
  }

  default int mostRemembered() {
    return remembered().orElseGet(() -> Math.clamp(share() / 16_384, 1_000, 200_000));
  }

  private long share() {
    return Runtime.getRuntime().maxMemory() / (2L * workers());
  }
}
