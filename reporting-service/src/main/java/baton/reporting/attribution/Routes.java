package baton.reporting.attribution;

import baton.contracts.OutcomeResult;
import baton.reporting.attribution.Route.Unwon;
import baton.reporting.attribution.Route.Won;
import baton.reporting.journey.Fact;
import baton.reporting.journey.Fact.Became;
import baton.reporting.journey.Fact.Captured;
import baton.reporting.journey.Fact.Touched;
import baton.reporting.journey.How;
import baton.reporting.journey.Journey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The ways one lead went, each with how often it counts: a pure function of the journey, so that
 * taking an old one back and adding a new one keeps every sum right.
 *
 * <p>Most leads were touched once and won nothing. That much the cells of the funnel say: every
 * captured lead counts there. So a lead says here only by how much it differs, its capture alone
 * being taken back where it went on or won.
 */
public final class Routes {
  private record Step(UUID id, boolean creates, Touch touch) {}

  /** By time; of two at once the capture, then the one whose id is the lesser. */
  private static final Comparator<Step> IN_ORDER =
      Comparator.comparing((Step step) -> step.touch.at())
          .thenComparing(step -> !step.creates)
          .thenComparing(Step::id);

  private final Journey journey;
  private final List<Step> steps = new ArrayList<>();
  private final List<Became> wins = new ArrayList<>();
  private final Map<Route, Integer> routes = new HashMap<>();

  private Routes(Journey journey) {
    this.journey = journey;
  }

  public static Map<Route, Integer> of(Journey journey) {
    return journey.retracted() ? Map.of() : new Routes(journey).told();
  }

  /** Whether anything is known of the lead that could make it differ from a capture alone. */
  public static boolean any(Journey journey) {
    return journey.facts().stream()
        .anyMatch(fact -> fact instanceof Touched || fact instanceof Became);
  }

  private Map<Route, Integer> told() {
    for (var fact : journey.facts()) {
      hear(fact);
    }
    steps.sort(IN_ORDER);
    var captured = journey.captured();
    if (captured != null) {
      count(new Unwon(captured.at(), List.of(whence(captured))), -1);
    }
    if (wins.isEmpty()) {
      if (!steps.isEmpty()) {
        count(
            new Unwon(
                steps.getLast().touch.at(),
                steps.stream().map(step -> step.touch.whence()).toList()),
            1);
      }
    } else {
      var verified = verified();
      wins.forEach(
          win ->
              count(
                  new Won(path(win.at(), verified), win.amount(), win.currency(), win.charter()),
                  1));
    }
    return routes;
  }

  private void hear(Fact fact) {
    switch (fact) {
      case Captured captured ->
          steps.add(new Step(captured.touchId(), true, new Touch(captured.at(), whence(captured))));
      case Touched touched -> {
        var captured = journey.captured();
        if (captured == null || !captured.touchId().equals(touched.touchId())) {
          steps.add(
              new Step(
                  touched.touchId(),
                  false,
                  new Touch(
                      touched.at(),
                      new Whence(
                          touched.source(),
                          touched.medium(),
                          touched.channel(),
                          touched.campaign()))));
        }
      }
      case Became became when became.result() == OutcomeResult.WON -> wins.add(became);
      default -> {}
    }
  }

  private static Whence whence(Captured captured) {
    return new Whence(
        captured.source(), captured.medium(), captured.channel(), captured.campaign());
  }

  /** When sales verified the lead, by a fact: what is inferred from a win is no milestone. */
  private List<Instant> verified() {
    var verified = new ArrayList<Instant>();
    for (var pass : journey.passes()) {
      var sql = pass.sql();
      if (sql != null && sql.how() == How.EXPLICIT) {
        verified.add(sql.at());
      }
    }
    return verified;
  }

  private Path path(Instant end, List<Instant> verified) {
    int count = upTo(end);
    Integer creation = null;
    for (int i = 0; i < count; i++) {
      if (steps.get(i).creates) {
        creation = i;
      }
    }
    var opportunity =
        verified.stream()
            .filter(at -> !at.isAfter(end))
            .max(Comparator.naturalOrder())
            .map(at -> upTo(at) - 1)
            .filter(place -> place >= 0)
            .orElse(null);
    return new Path(
        steps.subList(0, count).stream().map(Step::touch).toList(), creation, opportunity, end);
  }

  /** How many touches there were by then. */
  private int upTo(Instant end) {
    int count = 0;
    while (count < steps.size() && !steps.get(count).touch.at().isAfter(end)) {
      count++;
    }
    return count;
  }

  private void count(Route route, int times) {
    routes.merge(route, times, (one, other) -> one + other == 0 ? null : one + other);
  }
}
