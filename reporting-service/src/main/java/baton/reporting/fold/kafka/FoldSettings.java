package baton.reporting.fold.kafka;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

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

  /** The most records of a batch. */
  @WithDefault("50000")
  int batch();

  /** Journeys that each worker remembers, so as not to read them again. */
  @WithDefault("20000")
  int remembered();
}
