package baton.reporting.funnel.rest;

import static baton.reporting.funnel.rest.ReportJson.JSON;
import static baton.reporting.funnel.rest.ReportJson.ratio;

import baton.contracts.Side;
import baton.reporting.funnel.Counts;
import baton.reporting.funnel.Durations;
import baton.reporting.funnel.Matter;
import baton.reporting.funnel.Numbers;
import baton.reporting.funnel.Promises;
import baton.reporting.funnel.Question;
import baton.reporting.funnel.Report;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How promises were kept, clause by clause.
 *
 * @param now what is open and was due before has been broken
 * @param owes what a clause promises, in the charter's word; null if no charter has it
 * @param ofNoLead promises about periods and requests
 */
record SlaLayout(Instant now, Function<String, @Nullable String> owes, List<OfNoLead> ofNoLead)
    implements Layout {
  static final Numbers NUMBERS = Numbers.noted(Matter.PROMISE, Matter.OPEN_PROMISE);

  @Override
  public Numbers numbers() {
    return NUMBERS;
  }

  /** The report, and the promises about no lead after it. */
  ObjectNode with(ObjectNode report) {
    var rows = report.withArray("rows");
    for (var each : ofNoLead) {
      var row = rows.addObject();
      var key = row.putObject("key");
      if (each.period() != null) {
        key.put(report.path("by").path(0).asText(), each.period());
      }
      key.put("clause", each.promised().clauseId());
      row.put("owedBy", each.promised().owedBy().word());
      row.put("owes", owes.apply(each.promised().clauseId()));
      counts(row, each.promises());
      if (each.delivered() != null && each.committed() != null) {
        row.put("delivered", each.delivered());
        row.put("promised", each.committed());
        row.put("deliveredOfPromised", ratio(each.delivered(), each.committed()));
      }
    }
    return report;
  }

  @Override
  public List<String> apart() {
    return List.of("clause");
  }

  @Override
  public List<ObjectNode> rows(Report.Row of, Question question) {
    var rows = new ArrayList<ObjectNode>();
    Promises.of(of.counts(), now)
        .forEach(
            (clause, promises) -> {
              var owed = owes.apply(clause.id());
              var row = JSON.objectNode();
              row.put("clause", clause.id());
              row.put("owedBy", clause.owedBy());
              row.put("owes", owed);
              counts(row, promises);
              var overrun =
                  promises.overrun().getOrDefault(owed == null ? "" : owed, new Durations());
              row.putObject("overrun")
                  .put("p50", VelocityLayout.text(overrun.percentile(0.5)))
                  .put("p90", VelocityLayout.text(overrun.percentile(0.9)));
              rows.add(row);
            });
    return rows;
  }

  /** Each side's promises together. */
  @Override
  public ObjectNode total(Counts counts, Question question) {
    var total = JSON.objectNode();
    for (var side : List.of(Side.SALES, Side.MARKETING)) {
      counts(total.putObject(side.word()), OfNoLead.owedBy(side, counts, now, ofNoLead));
    }
    return total;
  }

  /** Attainment leaves the excused out; beside it stands what it is if they count as broken. */
  static ObjectNode counts(ObjectNode row, Promises promises) {
    long judged = promises.met() + promises.breached();
    return row.put("met", promises.met())
        .put("breached", promises.breached())
        .put("excused", promises.excused())
        .put("open", promises.open())
        .put("attainment", ratio(promises.met(), judged))
        .put("attainmentWithExcused", ratio(promises.met(), judged + promises.excused()));
  }
}
