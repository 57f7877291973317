package baton.reporting.restatement.rest;

import baton.chassis.paging.Cursor;
import baton.chassis.paging.Page;
import baton.contracts.Money;
import baton.reporting.funnel.Attributions;
import baton.reporting.funnel.Basis;
import baton.reporting.funnel.Counts;
import baton.reporting.funnel.Dimension;
import baton.reporting.funnel.Period;
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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
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
  private static final int LONGEST_STRETCH = 31;

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

  record Day(ZoneId zone, LocalDate day) implements Comparable<Day> {
    private static final Comparator<Day> ORDER =
        Comparator.comparing((Day each) -> each.zone.getId()).thenComparing(Day::day);

    @Override
    public int compareTo(Day other) {
      return ORDER.compare(this, other);
    }
  }

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

  Uni<Map<String, Long>> counts(Asked asked) {
    return restatements.counts(asked);
  }

  private Uni<Map<Day, Told>> told(List<Restatement> some) {
    var told = new HashMap<Day, Told>();
    var days = new TreeSet<Day>();
    var ofCredit = new TreeSet<Day>();
    for (var each : some) {
      days.add(day(each));
      told.put(day(each), new Told(new HashMap<>(), new HashMap<>()));
      if (each.figure().isCredit()) {
        ofCredit.add(day(each));
      }
    }
    return Multi.createFrom()
        .iterable(stretches(days))
        .onItem()
        .transformToUniAndConcatenate(stretch -> counts(stretch, told))
        .collect()
        .last()
        .chain(
            () ->
                Multi.createFrom()
                    .iterable(ofCredit)
                    .onItem()
                    .transformToUniAndConcatenate(day -> credits(day, told))
                    .collect()
                    .last())
        .replaceWith(told);
  }

  private Day day(Restatement restatement) {
    return new Day(zones.at(restatement.heardAt()), restatement.day());
  }

  /** Days of one zone that lie near each other, so that they are read in one go. */
  static List<SortedSet<Day>> stretches(SortedSet<Day> days) {
    var stretches = new ArrayList<SortedSet<Day>>();
    for (var day : days) {
      var last = stretches.isEmpty() ? null : stretches.getLast().first();
      if (last == null
          || !last.zone().equals(day.zone())
          || !day.day().isBefore(last.day().plusDays(LONGEST_STRETCH))) {
        stretches.add(new TreeSet<>());
      }
      stretches.getLast().add(day);
    }
    return stretches;
  }

  private Uni<?> counts(SortedSet<Day> stretch, Map<Day, Told> into) {
    var zone = stretch.first().zone();
    return reports
        .answer(
            question(zone, stretch.first().day(), stretch.last().day(), ORIGIN, Period.DAY),
            Figure.NUMBERS)
        .invoke(
            report ->
                report
                    .rows()
                    .forEach(
                        row -> {
                          var told = into.get(new Day(zone, LocalDate.parse(row.period())));
                          if (told != null) {
                            told.counts().put(row.key(), row.counts());
                          }
                        }));
  }

  private Uni<?> credits(Day day, Map<Day, Told> into) {
    return attributions
        .answer(
            question(day.zone(), day.day(), day.day(), List.of(Dimension.CHANNEL), null),
            Restating.CREDIT)
        .invoke(
            attribution -> {
              var credits = Objects.requireNonNull(into.get(day)).credits();
              for (var row : attribution.credits().rows()) {
                var channel = row.key().values().getFirst();
                credits.put(channel == null ? "" : channel, row.conversions());
              }
            });
  }

  private static Question question(
      ZoneId zone, LocalDate first, LocalDate last, List<Dimension> by, @Nullable Period period) {
    return new Question(
        Basis.PERIOD, WhichPasses.ANY, first, last.plusDays(1), zone, null, by, period, Map.of());
  }

  private Retold retold(Restatement each, Map<Day, Told> told) {
    var now = now(each, Objects.requireNonNull(told.get(day(each))));
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
