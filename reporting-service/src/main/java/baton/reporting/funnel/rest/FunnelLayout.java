package baton.reporting.funnel.rest;

import static baton.reporting.funnel.rest.ReportJson.JSON;
import static baton.reporting.funnel.rest.ReportJson.ratio;

import baton.reporting.funnel.Cohort;
import baton.reporting.funnel.Counts;
import baton.reporting.funnel.Numbers;
import baton.reporting.funnel.Part.Kind;
import baton.reporting.funnel.Question;
import baton.reporting.journey.Ending;
import baton.reporting.journey.How;
import baton.reporting.journey.Stage;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Map;

/** How many leads reached which stage, and what became of them. */
final class FunnelLayout implements Layout {
  @Override
  public Numbers numbers() {
    return Numbers.OF_THE_FUNNEL;
  }

  @Override
  public ObjectNode total(Counts counts, Question question) {
    return counts(JSON.objectNode(), counts, question);
  }

  @Override
  public void mark(ObjectNode row, Cohort cohort) {
    row.put("immature", cohort.immature());
    for (var stage : Stage.values()) {
      if (stage != Stage.CAPTURED
          && row.path("stages").path(stage.word()) instanceof ObjectNode at) {
        at.put("immature", cohort.immature(stage));
      }
    }
  }

  private static ObjectNode counts(ObjectNode row, Counts counts, Question question) {
    var basis = question.basis();
    var stages = row.putObject("stages");
    long first = counts.reached(Stage.CAPTURED, basis);
    long previous = first;
    for (var stage : Stage.values()) {
      long count = counts.reached(stage, basis);
      var node = stages.putObject(stage.word());
      node.put("count", count);
      if (stage == Stage.CAPTURED) {
        long inferred = counts.reached(stage, How.INFERRED, basis);
        if (inferred != 0) {
          node.put("inferred", inferred);
        }
      } else {
        node.put("inferred", counts.reached(stage, How.INFERRED, basis));
        if (stage == Stage.SAL) {
          node.put("deemed", counts.reached(stage, How.DEEMED, basis));
        }
        node.put("fromPrevious", ratio(count, previous));
        node.put("fromFirst", ratio(count, first));
      }
      if (stage == Stage.WON) {
        ReportJson.money(node, "revenue", counts.tallied(Kind.REVENUE));
      }
      previous = count;
    }
    var ended = row.putObject("ended");
    for (var ending : Ending.values()) {
      ended.put(ending.word(), counts.now(ending));
    }
    ended.put("open", counts.now(null));
    reasons(row, "rejected", counts.tallied(Kind.REJECTED));
    reasons(row, "returned", counts.tallied(Kind.RETURNED));
    return row;
  }

  private static void reasons(ObjectNode row, String name, Map<String, BigDecimal> reasons) {
    var node = row.putObject(name);
    node.put(
        "count", reasons.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add).longValue());
    ReportJson.counts(node, "reasons", "reason", reasons);
  }
}
