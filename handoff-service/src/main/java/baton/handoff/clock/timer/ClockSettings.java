package baton.handoff.clock.timer;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How due clocks are looked for. */
@ConfigMapping(prefix = "baton.clock")
interface ClockSettings {
  /** The longest between two looks: how late a clock is that another instance set. */
  @WithDefault("PT0.25S")
  Duration lookedAtEvery();

  /** How many are judged in one transaction. */
  @WithDefault("2000")
  int atOnce();

  /** How many are judged at a look; where more are due, transactions judge beside each other. */
  @WithDefault("500")
  int few();

  /** How many transactions judge beside each other while more are due than one of them takes. */
  @WithDefault("2")
  int lanes();
}
