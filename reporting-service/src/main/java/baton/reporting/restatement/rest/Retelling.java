package baton.reporting.restatement.rest;

import baton.chassis.paging.Cursor;
import baton.chassis.paging.Page;
import baton.contracts.Money;
import baton.reporting.funnel.Attributions;
import baton.reporting.funnel.Basis;
import baton.reporting.funnel.Counts;
import baton.reporting.funnel.Dimension;
import baton.reporting.funnel.Question;
import baton.reporting.funnel.Reports;
import baton.reporting.funnel.WhichPasses;
import baton.reporting.money.Digits;
import baton.reporting.restatement.By;
import baton.reporting.restatement.Figure;
import baton.reporting.restatement.Restatement;
import baton.reporting.restatement.Restatements;
import baton.reporting.restatement.Restatements.Asked;
import baton.reporting.restatement.Restating;
import baton.reporting.restatement.Zones;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says of restatements from what to what. What a number came to is what its report says now,
 * without what changed it afterwards: so that no other than the report's own count is told.
 */
@ApplicationScoped
class Retelling {
  private static final List<Dimension> ORIGIN =
      List.of(Dimension.SOURCE, Dimension.MEDIUM, Dimension.CHANNEL, Dimension.CAMPAIGN);
  private static final int DIGITS_OF_CREDIT = 6;

  /** Which number: of which day, of what, of leads from where. */
  record Number(
      LocalDate day, String metric, Map<String, String> of, Map<String, @Nullable String> key) {}

  record Event(String type, UUID id, @Nullable Long revision, UUID leadId, Instant occurredAt) {
    static @Nullable Event of(@Nullable By by) {
      return by == null
          ? null
          : new Event(by.type(), by.id(), by.revision(), by.leadId(), by.occurredAt());
    }
  }

  /**
   * One of them.
   *
   * @param from a count, or an amount of money
   * @param by null where many leads changed it in one go
   */
  record Retold(
      long restatementId,
      Instant heardAt,
      Number number,
      Object from,
      Object to,
      int leads,
      @Nullable Event by) {}

  private record Day(LocalDate day, ZoneId zone) {}

  /** What the reports of one day say now. */
  private record Told(
      Map<List<@Nullable String>, Counts> counts, Map<String, BigDecimal> credits) {}

  private final Restatements restatements;
  private final Reports reports;
  private final Attributions attributions;
  private final Zones zones;
  private final InstantSource clock;

  Retelling(
      Restatements restatements,
      Reports reports,
      Attributions attributions,
      Zones zones,
      InstantSource clock) {
    this.restatements = restatements;
    this.reports = reports;
    this.attributions = attributions;
    this.zones = zones;
    this.clock = clock;
  }

  Uni<Page<Retold>> page(Asked asked) {
    return restatements
        .list(
            new Asked(
                asked.from(),
                asked.to(),
                asked.heardFrom(),
                asked.heardTo(),
                asked.before(),
                asked.most() + 1))
        .chain(
            found ->
                told(found.subList(0, Math.min(asked.most(), found.size())))
                    .map(
                        told ->
                            Page.of(
                                found,
                                asked.most(),
                                each -> retold(each, told),
                                each -> Cursor.of(each.id()))));
  }

  private Uni<Map<Day, Told>> told(List<Restatement> some) {
    var days = some.stream().collect(Collectors.groupingBy(this::day, Collectors.toList()));
    return Multi.createFrom()
        .iterable(days.entrySet())
        .onItem()
        .transformToUniAndConcatenate(
            day ->
                told(
                        day.getKey(),
                        day.getValue().stream().anyMatch(each -> each.figure().isCredit()))
                    .map(told -> Map.entry(day.getKey(), told)))
        .collect()
        .in(HashMap::new, (map, told) -> map.put(told.getKey(), told.getValue()));
  }

  private Day day(Restatement restatement) {
    return new Day(restatement.day(), zones.at(restatement.heardAt()));
  }

  private Uni<Told> told(Day day, boolean credit) {
    var counts = reports.answer(question(day, ORIGIN), Figure.NUMBERS);
    return counts.chain(
        report -> {
          var sums = new HashMap<List<@Nullable String>, Counts>();
          report.rows().forEach(row -> sums.put(row.key(), row.counts()));
          return credit
              ? attributions
                  .answer(question(day, List.of(Dimension.CHANNEL)), Restating.CREDIT)
                  .map(
                      attribution -> {
                        var credits = new HashMap<String, BigDecimal>();
                        attribution
                            .credits()
                            .rows()
                            .forEach(
                                row -> {
                                  var channel = row.key().values().getFirst();
                                  credits.put(channel == null ? "" : channel, row.conversions());
                                });
                        return new Told(sums, credits);
                      })
              : Uni.createFrom().item(new Told(sums, Map.of()));
        });
  }

  private static Question question(Day day, List<Dimension> by) {
    return new Question(
        Basis.PERIOD,
        WhichPasses.ANY,
        day.day(),
        day.day().plusDays(1),
        day.zone(),
        null,
        by,
        null,
        Map.of());
  }

  private Retold retold(Restatement each, Map<Day, Told> told) {
    var now = now(each, told.getOrDefault(day(each), new Told(Map.of(), Map.of())));
    return new Retold(
        each.id(),
        each.heardAt(),
        number(each),
        said(each.figure(), each.from(now)),
        said(each.figure(), each.to(now)),
        each.leads(),
        Event.of(each.by()));
  }

  private BigDecimal now(Restatement each, Told told) {
    return each.origin() == null
        ? told.credits().getOrDefault(each.figure().label(), BigDecimal.ZERO)
        : each.figure()
            .in(told.counts().getOrDefault(each.origin(), new Counts()), clock.instant());
  }

  private static Number number(Restatement each) {
    var figure = each.figure();
    var key = new LinkedHashMap<String, @Nullable String>();
    var origin = each.origin();
    if (origin != null) {
      for (int i = 0; i < ORIGIN.size(); i++) {
        key.put(ORIGIN.get(i).word(), origin.get(i));
      }
    }
    return new Number(
        each.day(),
        figure.metric(),
        figure.of() == null ? Map.of() : Map.of(figure.of(), figure.label()),
        key);
  }

  private static Object said(Figure figure, BigDecimal value) {
    if (figure.isMoney()) {
      var plain = value.stripTrailingZeros();
      int digits = Digits.of(figure.label());
      return new Money(
          plain.scale() < digits ? plain.setScale(digits, RoundingMode.UNNECESSARY) : plain,
          figure.label());
    }
    return figure.isCredit()
        ? value.setScale(DIGITS_OF_CREDIT, RoundingMode.HALF_EVEN)
        : value.longValueExact();
  }
}
