package baton.systemtest.olist;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The marketing funnel that Olist published, from {@code ../shared/data} where that is, else made
 * up in the same shape: as many leads and deals of each source, one deal dated before its lead.
 */
record Olist(boolean real, List<Lead> leads, List<Deal> deals) {
  private static final Path DATA = Path.of("..", "..", "..", "shared", "data", "olist");
  private static final DateTimeFormatter WON = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  record Lead(String id, LocalDate firstContact, String landingPage, @Nullable String origin) {}

  record Deal(String lead, LocalDateTime won, String revenue) {}

  /** By source, {@code null} for none: captured and won. */
  static Map<String, long[]> numbers() {
    var numbers = new LinkedHashMap<String, long[]>();
    numbers.put("organic_search", new long[] {2296, 271});
    numbers.put("paid_search", new long[] {1586, 195});
    numbers.put("social", new long[] {1350, 75});
    numbers.put("unknown", new long[] {1099, 179});
    numbers.put("direct_traffic", new long[] {499, 56});
    numbers.put("email", new long[] {493, 15});
    numbers.put("referral", new long[] {284, 24});
    numbers.put("other", new long[] {150, 4});
    numbers.put("display", new long[] {118, 6});
    numbers.put("other_publicities", new long[] {65, 3});
    numbers.put("null", new long[] {60, 14});
    return numbers;
  }

  static Olist read() throws IOException {
    return Files.isDirectory(DATA) ? published() : madeUp();
  }

  private static Olist published() throws IOException {
    var leads = new ArrayList<Lead>();
    for (var row : rows("olist_marketing_qualified_leads_dataset.csv")) {
      var origin = row.getField("origin");
      leads.add(
          new Lead(
              row.getField("mql_id"),
              LocalDate.parse(row.getField("first_contact_date")),
              row.getField("landing_page_id"),
              origin.isEmpty() ? null : origin));
    }
    var deals = new ArrayList<Deal>();
    for (var row : rows("olist_closed_deals_dataset.csv")) {
      deals.add(
          new Deal(
              row.getField("mql_id"),
              LocalDateTime.parse(row.getField("won_date"), WON),
              row.getField("declared_monthly_revenue")));
    }
    return new Olist(true, leads, deals);
  }

  private static List<NamedCsvRecord> rows(String file) throws IOException {
    try (var csv = CsvReader.builder().ofNamedCsvRecord(DATA.resolve(file))) {
      return csv.stream().toList();
    }
  }

  private static Olist madeUp() {
    var random = new SplittableRandom(1);
    var leads = new ArrayList<Lead>();
    var deals = new ArrayList<Deal>();
    var before = new HashMap<String, LocalDate>();
    numbers()
        .forEach(
            (source, counts) -> {
              for (var n = 0; n < counts[0]; n++) {
                var first = LocalDate.of(2017, 6, 14).plusDays(random.nextInt(350));
                var lead = source + "-" + n;
                leads.add(
                    new Lead(
                        lead,
                        first,
                        "page-" + random.nextInt(40),
                        source.equals("null") ? null : source));
                if (n < counts[1]) {
                  var early = before.putIfAbsent("deal", first) == null;
                  var won = first.plusDays(early ? -2 : random.nextInt(90)).atTime(12, 30);
                  deals.add(new Deal(lead, won, random.nextInt(100_000) + ".0"));
                }
              }
            });
    return new Olist(false, leads, deals);
  }

  /** The same, years earlier and with other ids, so that it can be sent to the same stack again. */
  Olist again(int yearsEarlier) {
    return new Olist(
        real,
        leads.stream()
            .map(
                lead ->
                    new Lead(
                        lead.id() + "-again",
                        lead.firstContact().minusYears(yearsEarlier),
                        lead.landingPage(),
                        lead.origin()))
            .toList(),
        deals.stream()
            .map(
                deal ->
                    new Deal(
                        deal.lead() + "-again",
                        deal.won().minusYears(yearsEarlier),
                        deal.revenue()))
            .toList());
  }

  List<Map<String, Object>> leadCommands() {
    return leads.stream().map(Olist::command).toList();
  }

  List<Map<String, Object>> dealCommands() {
    return deals.stream().map(Olist::command).toList();
  }

  private static Map<String, Object> command(Lead lead) {
    var body = new LinkedHashMap<String, Object>();
    body.put("externalIds", List.of(Map.of("system", "olist", "id", lead.id())));
    if (lead.origin() != null) {
      body.put("source", lead.origin());
    }
    body.put("landingPage", lead.landingPage());
    body.put("qualified", true);
    body.put("qualifiedAt", instant(lead.firstContact()));
    body.put("occurredAt", instant(lead.firstContact()));
    return body;
  }

  private static Map<String, Object> command(Deal deal) {
    return Map.of(
        "leadExternalId", Map.of("system", "olist", "id", deal.lead()),
        "externalId", Map.of("system", "olist-deal", "id", deal.lead()),
        "result", "won",
        "amount", Map.of("amount", deal.revenue(), "currency", "BRL"),
        "occurredAt", deal.won().toInstant(ZoneOffset.UTC).toString());
  }

  private static String instant(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant().toString();
  }
}
