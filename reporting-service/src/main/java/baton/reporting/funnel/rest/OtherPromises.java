package baton.reporting.funnel.rest;

import baton.charter.Clause;
import baton.reporting.funnel.Basis;
import baton.reporting.funnel.Numbers;
import baton.reporting.funnel.Period;
import baton.reporting.funnel.Question;
import baton.reporting.funnel.Report;
import baton.reporting.funnel.WhichPasses;
import baton.reporting.verdict.Verdicts;
import baton.reporting.verdict.Verdicts.Due;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads promises that are about no lead: about periods, and requests. */
@ApplicationScoped
class OtherPromises {
  private static final Comparator<List<String>> BY_PERIOD_AND_CLAUSE =
      Comparator.comparing((List<String> key) -> key.get(1)).thenComparing(List::getFirst);

  private final Answers answers;
  private final Verdicts verdicts;

  OtherPromises(Answers answers, Verdicts verdicts) {
    this.answers = answers;
    this.verdicts = verdicts;
  }

  /** By clause and the period asked by, if any; there are none of a group of leads. */
  Uni<List<OfNoLead>> asked(Question asked) {
    if (!asked.by().isEmpty() || !asked.only().isEmpty() || asked.withinDays() != null) {
      return Uni.createFrom().item(List.of());
    }
    return verdicts
        .ofNoLead(start(asked.from(), asked.zone()), start(asked.to(), asked.zone()))
        .chain(
            dues -> {
              var reads = new ArrayList<Uni<OfNoLead>>();
              byClauseAndPeriod(dues, asked).values().forEach(some -> reads.add(told(some, asked)));
              return reads.isEmpty()
                  ? Uni.createFrom().item(List.of())
                  : Uni.combine()
                      .all()
                      .unis(reads)
                      .with(told -> told.stream().map(OfNoLead.class::cast).toList());
            });
  }

  private static Map<List<String>, List<Due>> byClauseAndPeriod(List<Due> dues, Question asked) {
    var groups = new TreeMap<List<String>, List<Due>>(BY_PERIOD_AND_CLAUSE);
    for (var due : dues) {
      var period = period(asked, due.at());
      groups
          .computeIfAbsent(
              List.of(due.promised().clauseId(), period == null ? "" : period),
              _ -> new ArrayList<>())
          .add(due);
    }
    return groups;
  }

  private static @Nullable String period(Question asked, Instant at) {
    var period = asked.period();
    return period == null ? null : period.name(period.start(lastDay(at, asked.zone())));
  }

  /** Of a promise of MQLs, how many there were of those promised as well. */
  private Uni<OfNoLead> told(List<Due> dues, Question asked) {
    var first = dues.getFirst();
    var told = OfNoLead.of(first.promised(), period(asked, first.at()), dues);
    if (!(answers.clause(first.promised().clauseId()) instanceof Clause.Mqls mqls)) {
      return Uni.createFrom().item(told);
    }
    var zone = answers.agreement().calendar().zone();
    var period = Period.valueOf(mqls.per().name());
    var names = new HashMap<String, LocalDate>();
    for (var due : dues) {
      var start = period.start(lastDay(due.at(), zone));
      names.put(period.name(start), start);
    }
    var from = names.values().stream().min(LocalDate::compareTo).orElseThrow();
    var to = lastDay(dues.getLast().at(), zone).plusDays(1);
    var question =
        new Question(
            Basis.PERIOD, WhichPasses.ANY, from, to, zone, null, List.of(), period, Map.of());
    return answers
        .report(question, Numbers.counted())
        .map(
            report ->
                told.delivering(
                    delivered(report, names.keySet()), (long) mqls.atLeast() * names.size()));
  }

  private static long delivered(Report report, Set<String> periods) {
    return report.rows().stream()
        .filter(row -> row.period() != null && periods.contains(row.period()))
        .mapToLong(row -> row.counts().mqls(Basis.PERIOD))
        .sum();
  }

  /** What was promised of March is due as April begins, and is March's. */
  private static LocalDate lastDay(Instant due, ZoneId zone) {
    return LocalDate.ofInstant(due.minusMillis(1), zone);
  }

  private static @Nullable Instant start(@Nullable LocalDate day, ZoneId zone) {
    return day == null ? null : day.atStartOfDay(zone).toInstant();
  }
}
