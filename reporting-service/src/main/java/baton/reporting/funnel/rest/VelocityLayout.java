package baton.reporting.funnel.rest;

import static baton.reporting.funnel.rest.ReportJson.JSON;

import baton.reporting.funnel.Counts;
import baton.reporting.funnel.Durations;
import baton.reporting.funnel.Matter;
import baton.reporting.funnel.Numbers;
import baton.reporting.funnel.Pace;
import baton.reporting.funnel.Question;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How fast leads were answered and got on. */
final class VelocityLayout implements Layout {
  private static final long SECONDS_MATTER = 60_000;

  @Override
  public Numbers numbers() {
    return Numbers.noted(Matter.PASS);
  }

  @Override
  public ObjectNode total(Counts counts, Question question) {
    var paces = Pace.of(counts);
    var row = JSON.objectNode();
    var speed = row.putObject("speedToLead");
    put(speed, "wall", paces, Pace.SPEED_ON_THE_WALL);
    put(speed, "business", paces, Pace.SPEED_IN_WORKING_TIME);
    put(row, "firstAttempt", paces, Pace.FIRST_ATTEMPT);
    put(row, "contact", paces, Pace.CONTACT);
    put(row, "decision", paces, Pace.DECISION);
    put(row, "assignment", paces, Pace.ASSIGNMENT);
    var stages = row.putObject("stages");
    put(stages, "mql", paces, Pace.CAPTURED_TO_MQL);
    put(stages, "sal", paces, Pace.MQL_TO_SAL);
    put(stages, "sql", paces, Pace.SAL_TO_SQL);
    put(stages, "won", paces, Pace.SQL_TO_WON);
    return row;
  }

  private static void put(ObjectNode node, String name, Map<Pace, Durations> paces, Pace pace) {
    node.set(name, spread(paces.getOrDefault(pace, new Durations())));
  }

  /** Percentiles, of how many, and of how many it never came. */
  static ObjectNode spread(Durations durations) {
    return JSON.objectNode()
        .put("p50", text(durations.percentile(0.5)))
        .put("p90", text(durations.percentile(0.9)))
        .put("p95", text(durations.percentile(0.95)))
        .put("count", durations.count())
        .put("never", durations.never());
  }

  /** Beyond a minute fractions of a second only pretend to be exact. */
  static @Nullable String text(@Nullable Duration took) {
    return took == null
        ? null
        : (took.toMillis() < SECONDS_MATTER ? took : Duration.ofSeconds(took.toSeconds()))
            .toString();
  }
}
