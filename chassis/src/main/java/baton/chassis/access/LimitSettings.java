package baton.chassis.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/**
 * How many requests one key, or one person, may make in a window at one instance of a service, by
 * role. They keep a loop gone wrong from starving others and are no price list, so they lie above
 * what one machine can do. 0 is no limit.
 */
@ConfigMapping(prefix = "baton.limits")
interface LimitSettings {
  @WithDefault("60s")
  Duration window();

  @WithDefault("1800000")
  long capture();

  @WithDefault("1800000")
  long marketing();

  @WithDefault("600000")
  long sales();

  @WithDefault("600000")
  long salesManager();

  @WithDefault("120000")
  long report();

  @WithDefault("1800000")
  long admin();

  /** Deliveries that one connector's tool proved. */
  @WithDefault("120000")
  long webhook();

  /** Credentials that don't hold, from one connection address (an IPv6 network of 64 bits). */
  @WithDefault("600")
  long failures();
}
