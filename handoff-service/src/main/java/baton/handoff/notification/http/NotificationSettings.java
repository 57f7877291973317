package baton.handoff.notification.http;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/** How subscribers are told, and where they may be. */
@ConfigMapping(prefix = "baton.notification")
interface NotificationSettings {
  /** Whether plain http is sent to. */
  @WithDefault("false")
  boolean allowHttp();

  /** Whether loopback and private addresses are sent to; never any cloud's metadata. */
  @WithDefault("false")
  boolean allowPrivate();

  /** The longest that what was just committed waits. */
  @WithDefault("PT0.5S")
  Duration lookedAtEvery();

  /** From connecting to the end of the answer. */
  @WithDefault("PT10S")
  Duration timeout();

  /** After which a delivery is taken from a worker who said nothing; above the timeout. */
  @WithDefault("PT30S")
  Duration lease();

  /** The pauses between attempts that Standard Webhooks recommends: 75 hours in all. */
  @WithDefault("PT5S,PT5M,PT30M,PT2H,PT5H,PT10H,PT14H,PT20H,PT24H")
  List<Duration> pauses();

  /** Under way at once, in this instance. */
  @WithDefault("128")
  int atOnce();

  /** Of those, for one subscription. */
  @WithDefault("8")
  int atOnceEach();

  /** How long what was settled is shown and can be delivered again. */
  @WithDefault("P30D")
  Duration keptFor();
}
