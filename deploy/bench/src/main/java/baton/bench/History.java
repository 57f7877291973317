package baton.bench;

import baton.contracts.Company;
import baton.contracts.Event;
import baton.contracts.HandoffStep;
import baton.contracts.LeadCaptured;
import baton.contracts.LeadHandoff;
import baton.contracts.LeadOutcome;
import baton.contracts.LeadQualified;
import baton.contracts.LeadTouched;
import baton.contracts.Money;
import baton.contracts.Origin;
import baton.contracts.OutcomeResult;
import baton.contracts.Profile;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * What became of the leads of a plausible company; the same each time it is told.
 *
 * @param secondsApart how soon after each other they come
 */
record History(int leads, int secondsApart) {
  static final Instant BEGIN = Instant.parse("2025-03-01T00:00:00Z");

  /** Lead by lead, each life in its order. */
  void tell(Consumer<List<Event>> to) {
    var random = new SplittableRandom(5);
    for (int i = 0; i < leads; i++) {
      to.accept(life(random, BEGIN.plusSeconds((long) i * secondsApart)));
    }
  }

  private static List<Event> life(SplittableRandom random, Instant at) {
    var into = new ArrayList<Event>(6);
    var lead = id(random, at);
    var pass = id(random, at.plusSeconds(3_600));
    var handoff = id(random, at.plusSeconds(3_700));
    var source = "source-" + random.nextInt(8);
    into.add(
        new LeadCaptured(
            lead,
            at,
            0,
            id(random, at),
            "form",
            null,
            source,
            "cpc",
            "Paid Search",
            source + "-" + random.nextInt(10),
            null,
            "/landing/" + random.nextInt(20),
            null,
            "DE",
            Origin.INBOUND,
            null,
            null,
            null,
            new Company("company-" + random.nextInt(20_000) + ".example", 50, null, null),
            "persona-" + random.nextInt(4),
            "smb",
            "A",
            Map.of(),
            List.of(),
            List.of(),
            null));
    into.add(
        new LeadTouched(
            lead,
            at.plusSeconds(600),
            0,
            id(random, at.plusSeconds(600)),
            "visit",
            null,
            source,
            null,
            "Direct",
            null,
            Map.of()));
    if (random.nextInt(2) == 0) {
      into.add(
          new LeadQualified(
              lead,
              at.plusSeconds(3_600),
              0,
              pass,
              "asked for a demo",
              "persona-1",
              "smb",
              "A",
              1,
              null,
              List.of(),
              new Profile(
                  source,
                  "cpc",
                  "Paid Search",
                  null,
                  null,
                  "DE",
                  Origin.INBOUND,
                  null,
                  null,
                  null,
                  null,
                  Map.of()),
              List.of()));
      var seller = "seller-" + random.nextInt(20);
      into.add(step(lead, handoff, pass, 1, HandoffStep.OFFERED, at.plusSeconds(3_700), seller));
      into.add(step(lead, handoff, pass, 2, HandoffStep.ACCEPTED, at.plusSeconds(9_000), seller));
      if (random.nextInt(4) == 0) {
        into.add(
            new LeadOutcome(
                lead,
                at.plusSeconds(900_000),
                0,
                id(random, at.plusSeconds(900_000)),
                1,
                pass,
                OutcomeResult.WON,
                new Money(BigDecimal.valueOf(random.nextInt(1, 1_000_000), 2), "EUR"),
                null,
                null,
                seller,
                null,
                List.of()));
      }
    }
    return into;
  }

  private static LeadHandoff step(
      UUID lead, UUID handoff, UUID pass, long revision, HandoffStep step, Instant at, String by) {
    return new LeadHandoff(
        lead, at, 0, handoff, pass, revision, step, by, "north", null, null, null, List.of(), null);
  }

  /** A UUIDv7, as the services make them. */
  private static UUID id(SplittableRandom random, Instant at) {
    return new UUID(
        at.toEpochMilli() << 16 | 0x7000L | random.nextInt(1 << 12),
        (random.nextLong() >>> 2) | (1L << 63));
  }
}
