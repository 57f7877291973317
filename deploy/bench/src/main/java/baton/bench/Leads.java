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
    return """
    {"contact":{"firstName":"Ada","lastName":"Lovelace %1$d","email":"ada.%2$s.%1$d@example.com",\
    "jobTitle":"Head of Engines"},"company":{"name":"Analytical","domain":"c%3$d.example.com"},\
    "source":"%4$s","medium":"cpc","landingPage":"https://example.com/engines","form":"demo",\
    "country":"GB"}"""
        .formatted(nth, run, nth % 5_000, SOURCES[(int) (nth % SOURCES.length)]);
  }
}
