package baton.reporting.funnel.rest;

import baton.reporting.attribution.Credits.Row;
import baton.reporting.attribution.Model.Markov;
import baton.reporting.attribution.Model.TimeDecay;
import baton.reporting.funnel.Attribution;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** The shape that scripts depend on. */
final class AttributionJson {
  private AttributionJson() {}

  static ObjectNode of(Attribution attribution) {
    var terms = attribution.terms();
    var by = terms.by().stream().map(part -> part.name().toLowerCase(Locale.ROOT)).toList();
    var answer =
        ReportJson.head(
            attribution.question(), attribution.completeTo(), attribution.credits().charters(), by);
    answer.put("model", terms.model().word());
    if (terms.model() instanceof TimeDecay(var halfLife)) {
      answer.put("halfLifeDays", halfLife.toDays());
    }
    answer.put("scope", "lead");
    answer.put("cutOff", "conversion");
    answer.put("lookBackDays", terms.lookBack() == null ? null : terms.lookBack().toDays());
    var rows = answer.putArray("rows");
    for (var row : attribution.credits().rows()) {
      var node = rows.addObject();
      ReportJson.key(node, by, row.key().values());
      credits(node, row);
      if (terms.model() instanceof Markov) {
        node.put("removalEffect", row.removalEffect());
      }
    }
    credits(answer.putObject("total"), attribution.credits().total());
    return answer;
  }

  private static void credits(ObjectNode node, Row row) {
    node.put("conversions", row.conversions().doubleValue());
    ReportJson.money(node, "revenue", row.revenue());
  }
}
