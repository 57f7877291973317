package baton.handoff.pass.rest;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the inbox is streamed. */
@ConfigMapping(prefix = "baton.handoff.stream")
interface StreamSettings {
  /** The longest that a change waits; one question for all streams of this instance. */
  @WithDefault("PT0.5S")
  Duration lookedAtEvery();

  /** A comment shows that the stream lives; below what proxies take for silence. */
  @WithDefault("PT15S")
  Duration heartbeat();

  /** Who has taken nothing for as long is too slow. */
  @WithDefault("PT30S")
  Duration patience();

  /** Streams at once, in this instance. */
  @WithDefault("1000")
  int most();
}
