package baton.reporting.restatement.rest;

import baton.chassis.table.Cell;
import baton.contracts.Money;
import baton.reporting.restatement.rest.Retelling.Event;
import baton.reporting.restatement.rest.Retelling.Retold;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Restatements as a table: a line each. */
final class RetoldTable {
  static final String CSV = "text/csv";

  private RetoldTable() {}

  static String of(List<Retold> some) {
    var text = new StringWriter();
    try (var csv = CsvWriter.builder().build(text)) {
      csv.writeRecord(
          "restatementId",
          "heardAt",
          "day",
          "metric",
          "of",
          "label",
          "source",
          "medium",
          "channel",
          "campaign",
          "from",
          "to",
          "currency",
          "leads",
          "byType",
          "byId",
          "byRevision",
          "byLeadId",
          "byOccurredAt");
      some.forEach(each -> write(each, csv));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }

  private static void write(Retold each, CsvWriter csv) {
    var number = each.number();
    var of = number.of().entrySet().stream().findFirst();
    var key = number.key();
    Event by = each.by();
    csv.writeRecord(
        Long.toString(each.restatementId()),
        each.heardAt().toString(),
        number.day().toString(),
        number.metric(),
        of.map(named -> named.getKey()).orElse(null),
        of.map(named -> harmless(named.getValue())).orElse(null),
        harmless(key.get("source")),
        harmless(key.get("medium")),
        harmless(key.get("channel")),
        harmless(key.get("campaign")),
        figure(each.from()),
        figure(each.to()),
        each.to() instanceof Money money ? money.currency() : null,
        Integer.toString(each.leads()),
        by == null ? null : by.type(),
        by == null ? null : by.id().toString(),
        by == null || by.revision() == null ? null : by.revision().toString(),
        by == null ? null : by.leadId().toString(),
        by == null ? null : by.occurredAt().toString());
  }

  private static String figure(Object value) {
    return value instanceof Money money ? money.amount().toPlainString() : value.toString();
  }

  private static @Nullable String harmless(@Nullable String text) {
    return text == null ? null : Cell.harmless(text);
  }
}
