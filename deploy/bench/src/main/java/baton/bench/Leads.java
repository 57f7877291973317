package baton.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.concurrent.ThreadLocalRandom;

/** Leads nobody has seen before, as a form would send them. */
final class Leads {
  private static final String[] SOURCES = {"google", "linkedin", "newsletter", "webinar"};

  private final String run = Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), 36);

  byte[] lead(long nth) {
    return text(nth).getBytes(UTF_8);
  }

  String text(long nth) {
    return "{\"contact\":{\"firstName\":\"Ada\",\"lastName\":\"Lovelace "
        + nth
        + "\",\"email\":\"ada."
        + run
        + '.'
        + nth
        + "@example.com\",\"jobTitle\":\"Head of Engines\"},\"company\":{\"name\":\"Analytical\","
        + "\"domain\":\"c"
        + nth % 5_000
        + ".example.com\"},\"source\":\""
        + SOURCES[(int) (nth % SOURCES.length)]
        + "\",\"medium\":\"cpc\",\"landingPage\":\"https://example.com/engines\","
        + "\"form\":\"demo\",\"country\":\"GB\"}";
  }
}
