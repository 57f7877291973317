package baton.reporting.funnel.rest;

import static baton.reporting.funnel.rest.ReportJson.JSON;
import static baton.reporting.funnel.rest.ReportJson.ratio;

import baton.reporting.funnel.Cohort;
import baton.reporting.funnel.Counts;
import baton.reporting.funnel.Loyalty;
import baton.reporting.funnel.Matter;
import baton.reporting.funnel.Numbers;
import baton.reporting.funnel.Part.Kind;
import baton.reporting.funnel.Question;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Set;

/** How many customers stay, by the time they were acquired. */
final class RetentionLayout implements Layout {
  @Override
  public Numbers numbers() {
    return new Numbers(
        false,
        Set.of(Kind.PURCHASES, Kind.PURCHASED, Kind.RENEWED),
        Set.of(Matter.CUSTOMER),
        false);
  }

  @Override
  public ObjectNode total(Counts counts, Question question) {
    var loyalty = new Loyalty(counts);
    long customers = loyalty.customers();
    var row = JSON.objectNode();
    row.put("customers", customers);
    share(row, "repeat", loyalty.repeated(), customers);
    share(row, "renewal", loyalty.renewed(), customers);
    share(row, "churn", loyalty.churned(), customers);
    row.put(
        "purchases",
        counts.tallied(Kind.PURCHASES).values().stream()
            .reduce(BigDecimal.ZERO, BigDecimal::add)
            .longValue());
    ReportJson.money(row, "purchased", counts.tallied(Kind.PURCHASED));
    ReportJson.money(row, "renewed", counts.tallied(Kind.RENEWED));
    var bins = row.putArray("bins");
    loyalty
        .bins()
        .forEach(
            (number, bin) ->
                bins.addObject()
                    .put("bin", number)
                    .put("fromDay", 30 * number)
                    .put("buying", bin.buying())
                    .put("retention", ratio(bin.buying(), customers))
                    .put("renewing", bin.renewing())
                    .put("churning", bin.churning()));
    return row;
  }

  /** A bin is one until it is over for the last customer asked about. */
  @Override
  public void mark(ObjectNode row, Cohort cohort) {
    row.withArray("bins")
        .forEach(
            bin ->
                ((ObjectNode) bin)
                    .put("immature", !cohort.isOver(30 * (bin.path("bin").asInt() + 1))));
  }

  private static void share(ObjectNode row, String name, long count, long of) {
    row.putObject(name).put("customers", count).put("rate", ratio(count, of));
  }
}
