package baton.reporting.calibration;

import static baton.reporting.attribution.Told.id;
import static baton.reporting.attribution.Told.outcome;
import static baton.reporting.attribution.Told.qualified;
import static baton.reporting.attribution.Told.touched;

import baton.contracts.Event;
import baton.contracts.LeadCaptured;
import baton.contracts.LeadUpdated;
import baton.contracts.OutcomeResult;
import baton.infrastructure.telling.Captured;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Leads of a made-up school, one every ten minutes, of whose chances all is known: professionals
 * have four times the odds of others, a visit makes a fifth more, who was touched again three
 * times, who came by google half. Today's score knows of visits only.
 */
public final class Academy {
  public static final Instant FIRST = Instant.parse("2025-01-01T00:00:00Z");
  private static final long FIRST_ID = 5_000_000;
  private static final Duration APART = Duration.ofMinutes(10);

  /** One of them. */
  public record Pupil(
      UUID lead,
      int visits,
      boolean attended,
      @Nullable String occupation,
      String source,
      boolean won,
      Instant at) {

    public Map<String, JsonNode> attributes() {
      var attributes = new TreeMap<String, JsonNode>();
      attributes.put("visits", IntNode.valueOf(visits));
      if (occupation != null) {
        attributes.put("occupation", TextNode.valueOf(occupation));
      }
      return attributes;
    }

    public List<Event> events() {
      long number = lead.getLeastSignificantBits() & 0xFFFFFF;
      var events = new ArrayList<Event>();
      events.add(captured());
      if (attended) {
        events.add(touched(lead, 1_000_000 + number, "Direct", at.plusSeconds(60)));
      }
      events.add(qualified(lead, 2_000_000 + number, "all", null, at.plusSeconds(3600)));
      if (won) {
        events.add(
            outcome(
                lead, 3_000_000 + number, OutcomeResult.WON, at.plus(Duration.ofDays(2)), null));
      }
      return events;
    }

    /** What somebody who knows the outcome writes down. */
    public LeadUpdated verdict(Instant at) {
      return Population.written(lead, at, "verdict", won ? "good" : "bad");
    }

    private LeadCaptured captured() {
      return Captured.of(lead, at)
          .touch(id(4_000_000 + (lead.getLeastSignificantBits() & 0xFFFFFF)))
          .from(source)
          .as("all", null)
          .scored(BigDecimal.valueOf(visits * 10L))
          .attributes(attributes())
          .told();
    }
  }

  private Academy() {}

  public static List<Pupil> pupils(int count) {
    var random = new SplittableRandom(20261122);
    var pupils = new ArrayList<Pupil>();
    for (int i = 0; i < count; i++) {
      int visits = random.nextInt(10);
      boolean attended = random.nextInt(4) == 0;
      var occupation =
          random.nextInt(3) == 0 ? null : random.nextInt(3) == 0 ? "professional" : "student";
      var source = random.nextBoolean() ? "google" : "direct";
      double logit =
          -1.5
              + ("professional".equals(occupation) ? Math.log(4) : 0)
              + visits * Math.log(1.2)
              + (attended ? Math.log(3) : 0)
              - (source.equals("google") ? Math.log(2) : 0);
      boolean won = random.nextDouble() < Logistic.chance(logit);
      pupils.add(
          new Pupil(
              id(FIRST_ID + i),
              visits,
              attended,
              occupation,
              source,
              won,
              FIRST.plus(APART.multipliedBy(i))));
    }
    return pupils;
  }

  /** Everything is known a year later. */
  public static Population population(List<Pupil> pupils) {
    var population = new Population(FIRST.plus(Duration.ofDays(365)));
    pupils.forEach(pupil -> population.add(pupil.lead(), pupil.events()));
    return population;
  }
}
