package baton.reporting.funnel;

import baton.contracts.Event;
import baton.contracts.OutcomeResult;
import baton.reporting.attribution.Crediting;
import baton.reporting.attribution.Credits;
import baton.reporting.attribution.Model;
import baton.reporting.attribution.Model.Markov;
import baton.reporting.attribution.PathData;
import baton.reporting.attribution.Route.Won;
import baton.reporting.attribution.Routes;
import baton.reporting.attribution.Terms;
import baton.reporting.attribution.Told;
import baton.reporting.attribution.Whence;
import baton.reporting.journey.Fact.Captured;
import baton.reporting.journey.Fact.Touched;
import baton.reporting.journey.Journey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;

/** Credit as it comes to when every lead is asked, one after the other, and nothing is kept. */
public final class Credit {
  private static final Instant WINTER = Instant.parse("2026-01-10T00:00:00Z");

  private Credit() {}

  /** The same question, of deals. */
  public static Question asked(Question question) {
    return new Question(
        Basis.PERIOD,
        WhichPasses.ANY,
        question.from(),
        question.to(),
        question.zone(),
        null,
        List.of(),
        null,
        question.only());
  }

  public static Terms terms(SplittableRandom random) {
    var models = Model.words();
    var model =
        Model.named(
                models.get(random.nextInt(models.size())), Duration.ofDays(random.nextInt(1, 9)))
            .orElseThrow();
    return new Terms(
        model,
        List.of(List.of(Whence.Part.SOURCE), List.of(Whence.Part.CHANNEL, Whence.Part.CAMPAIGN))
            .get(random.nextInt(2)),
        model instanceof Markov || random.nextBoolean()
            ? null
            : Duration.ofDays(random.nextInt(1, 40)));
  }

  public static Credits of(List<List<Event>> lives, Question question, Terms terms) {
    var crediting = new Crediting(terms);
    for (var life : lives) {
      var journey = Told.journey(life);
      if (!journey.retracted() && asks(question, Contribution.of(journey).dimensions())) {
        credit(crediting, journey, question);
      }
    }
    return crediting.credits();
  }

  private static void credit(Crediting crediting, Journey journey, Question question) {
    var deals = Routes.of(journey).keySet().stream().filter(route -> route instanceof Won).toList();
    Routes.of(journey)
        .forEach(
            (route, times) -> {
              if (route instanceof Won won && asks(question, won.at())) {
                crediting.won(won, times);
              }
            });
    if (!deals.isEmpty()) {
      return;
    }
    record Step(Instant at, int rank, java.util.UUID id, Whence whence) {}
    var steps = new ArrayList<Step>();
    for (var fact : journey.facts()) {
      switch (fact) {
        case Captured it ->
            steps.add(
                new Step(
                    it.at(),
                    0,
                    it.touchId(),
                    new Whence(it.source(), it.medium(), it.channel(), it.campaign())));
        case Touched it ->
            steps.add(
                new Step(
                    it.at(),
                    1,
                    it.touchId(),
                    new Whence(it.source(), it.medium(), it.channel(), it.campaign())));
        default -> {}
      }
    }
    steps.sort(Comparator.comparing(Step::at).thenComparingInt(Step::rank).thenComparing(Step::id));
    if (!steps.isEmpty() && asks(question, steps.getLast().at())) {
      crediting.unwon(steps.stream().map(Step::whence).toList(), 1);
    }
  }

  private static boolean asks(Question question, Instant at) {
    var from = question.from();
    var to = question.to();
    return (from == null || !at.isBefore(from.atStartOfDay(question.zone()).toInstant()))
        && (to == null || at.isBefore(to.atStartOfDay(question.zone()).toInstant()));
  }

  private static boolean asks(Question question, Dimensions keys) {
    return question.only().entrySet().stream()
        .allMatch(only -> only.getValue().contains(keys.get(only.getKey())));
  }

  /** Leads that went these ways, a touch a minute; each conversion a lead. */
  public static List<List<Event>> lived(List<PathData.Line> lines) {
    var lives = new ArrayList<List<Event>>();
    long id = 100_000;
    for (var line : lines) {
      for (int i = 0; i < line.cents().size() + line.unwon(); i++) {
        var lead = Told.id(++id);
        var life = new ArrayList<Event>();
        var at = WINTER;
        for (var channel : line.channels()) {
          at = at.plusSeconds(60);
          life.add(
              life.isEmpty()
                  ? Told.captured(lead, ++id, channel, at)
                  : Told.touched(lead, ++id, channel, at));
        }
        if (i < line.cents().size()) {
          var cents = Objects.requireNonNull(line.cents().get(i));
          life.add(
              Told.outcome(
                  lead,
                  ++id,
                  OutcomeResult.WON,
                  at,
                  java.math.BigDecimal.valueOf(cents, 2).toString()));
        }
        lives.add(life);
      }
    }
    return lives;
  }
}
