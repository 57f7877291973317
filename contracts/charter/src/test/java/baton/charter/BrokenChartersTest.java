package baton.charter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The example with one thing changed: where the fault stands, and what helps its author. */
class BrokenChartersTest {
  private static final String IT =
      "touches.exists(t, t.kind in [\"demo-request\",\"contact-sales\"])";

  private static Arguments broken(String from, String to, String pointer, String says) {
    return Arguments.of(from, to, pointer, says);
  }

  static List<Arguments> broken() {
    return List.of(
        // keys and types
        broken("name: Acme smarketing charter", "nam: Acme", "/name", "is required"),
        broken("name: Acme smarketing charter", "name: 7", "/name", "must be text"),
        broken("name: Acme smarketing charter", "name:", "/name", "is empty"),
        broken(
            "fiscalYearStart: 1",
            "fiscalYearStrat: 1",
            "/fiscalYearStrat",
            "did you mean fiscalYearStart?"),
        broken("fiscalYearStart: 1", "fiscalYearStart: 13", "/fiscalYearStart", "from 1 to 12"),
        broken("fiscalYearStart: 1", "fiscalYearStart: 1.5", "/fiscalYearStart", "whole number"),
        broken(
            "# effectiveFrom: 2027-01-01T00:00:00+01:00",
            "effectiveFrom: 2027-01-01",
            "/effectiveFrom",
            "with its offset"),
        broken(
            "reportingCurrency: EUR", "reportingCurrency: EURO", "/reportingCurrency", "ISO 4217"),
        broken("reportingCurrency: EUR\n", "", "/rates", "reportingCurrency"),
        broken("USD: \"0.92\"", "USD: \"0,92\"", "/rates/USD", "decimal number"),
        broken("USD: \"0.92\"", "UDS: \"0.92\"", "/rates/UDS", "ISO 4217"),
        broken("USD: \"0.92\"", "EUR: \"0.92\"", "/rates/EUR", "reporting currency itself"),
        broken("every: P90D", "every: 90 days", "/review/every", "ISO 8601"),
        broken("every: P90D", "every: P3M", "/review/every", "say days"),
        broken(
            "{ marketing: [], sales: [] }",
            "{ marketing: [ada], sales: [ada] }",
            "/signatories/sales/0",
            "both sides"),
        // calendars
        broken(
            "zone: Europe/Berlin",
            "zone: Europe/Berln",
            "/calendars/default/zone",
            "did you mean Europe/Berlin?"),
        broken("zone: Europe/Berlin", "zone: GMT+1", "/calendars/default/zone", "isn't a zone"),
        broken(
            "[\"09:00-12:30\", \"13:30-17:00\"]",
            "[\"09:00-14:30\", \"13:30-17:00\"]",
            "/calendars/default/week/fri/1",
            "overlaps 09:00-14:30"),
        broken(
            "[\"09:00-12:30\", \"13:30-17:00\"]",
            "[\"17:00-09:00\"]",
            "/calendars/default/week/fri/0",
            "two"),
        broken(
            "[\"09:00-12:30\", \"13:30-17:00\"]",
            "[\"9-17\"]",
            "/calendars/default/week/fri/0",
            "09:00-12:30"),
        broken(
            "[\"09:00-12:30\", \"13:30-17:00\"]",
            "[\"09:00-24:01\"]",
            "/calendars/default/week/fri/0",
            "24:00"),
        broken("fri: [\"09", "fry: [\"09", "/calendars/default/week/fry", "did you mean fri?"),
        broken(
            "country: DE, region: BE",
            "country: XX",
            "/calendars/default/holidays/country",
            "no holidays"),
        broken(
            "country: DE, region: BE",
            "country: DE, region: ZZ",
            "/calendars/default/holidays/region",
            "known: BB"),
        broken(
            "\"2026-12-31\"]", "\"2026-12-32\"]", "/calendars/default/closed/1", "must be a date"),
        broken("\"2026-12-31\"]", "\"2026-12-24\"]", "/calendars/default/closed/1", "twice"),
        broken("  default:\n    zone", "  berlin:\n    zone", "/calendars/default", "is required"),
        // words
        broken("stage: sal, owner", "stage: sale, owner", "/stages/1/stage", "did you mean sal?"),
        broken("stage: sal, owner", "stage: mql, owner", "/stages/1/stage", "twice"),
        broken(
            "duplicate, already-in-pipeline, spam]",
            "duplicate, spam, spam]",
            "/vocabulary/rejectionReasons/8",
            "twice"),
        broken(
            "\"marketing qualified\": MQL",
            "\"marketing qualified\": MQQ",
            "/vocabulary/synonyms/marketing qualified",
            "did you mean MQL?"),
        // definitions
        broken(
            "company.employees >= 50'",
            "company.employes >= 50'",
            "/idealCustomer/tiers/1/when",
            "did you mean employees?"),
        broken(
            "company.employees >= 50'",
            "company.employees'",
            "/idealCustomer/tiers/1/when",
            "must be true or false"),
        broken(
            "company.employees >= 50'",
            "company.tier == \"A\"'",
            "/idealCustomer/tiers/1/when",
            "company.tier isn't known here"),
        broken(
            "company.employees >= 50'",
            "score > 50'",
            "/idealCustomer/tiers/1/when",
            "score isn't known here"),
        broken(
            "company.employees >= 50'",
            "company.employees >='",
            "/idealCustomer/tiers/1/when",
            "character"),
        broken(
            "{ tier: C, when: 'true' }",
            "{ tier: C, when: 'company.employees > 0' }",
            "/idealCustomer/tiers/3/when",
            "must be true in the last one"),
        broken(
            "{ tier: C, when: 'true' }",
            "{ tier: B, when: 'true' }",
            "/idealCustomer/tiers/3/tier",
            "twice"),
        broken("id: marketer", "id: it-director", "/personas/1/id", "twice"),
        broken(
            "'lead.jobTitle.matches(r\"(?i)\\b(marketing|growth|cmo)\\b\")'",
            "'true'",
            "/personas/1/when",
            "nothing after it"),
        broken(
            "(marketing|growth|cmo)",
            "(marketing|growth|cmo",
            "/personas/1/when",
            "pattern can't be read"),
        broken(
            "'lead.jobTitle.matches(r\"(?i)\\b(marketing|growth|cmo)\\b\")'",
            "'lead.jobTitle.matches(lead.source)'",
            "/personas/1/when",
            "written out"),
        broken(
            "'lead.jobTitle.matches(r\"(?i)\\b(marketing|growth|cmo)\\b\")'",
            "'lead.phone == \"1\"'",
            "/personas/1/when",
            "contact data"),
        broken(
            "'lead.jobTitle.matches(r\"(?i)\\b(marketing|growth|cmo)\\b\")'",
            "'lead.email == \"a@b.example\"'",
            "/personas/1/when",
            "lead.email.domain"),
        broken(
            "painPoints: [lost-leads]",
            "painPoints: [lost-lead]",
            "/personas/0/painPoints/0",
            "did you mean lost-leads?"),
        broken(
            "fields: [email, company], instantly",
            "fields: [email, compnay], instantly",
            "/personas/0/ready/fields/1",
            "did you mean company?"),
        broken(
            "ready: { score: 65, fields: [email], instantly: '" + IT + "' }",
            "ready: { fields: [email] }",
            "/personas/1/ready",
            "needs a score"),
        broken("sql: { text:", "sqll: { text:", "/personas/0/stages/sqll", "did you mean sql?"),
        // scoring and routing
        broken("points: 30 }", "points: lots }", "/scoring/fit/0/points", "must be a number"),
        broken("id: tier-b, ", "id: tier-a, ", "/scoring/fit/1/id", "twice"),
        broken("id: webinar, ", "id: tier-a, ", "/scoring/engagement/1/id", "twice"),
        broken("halfLife: P21D", "halfLife: 21", "/scoring/engagement/1/halfLife", "must be text"),
        broken(
            "halfLife: P21D",
            "halfLife: P0D",
            "/scoring/engagement/1/halfLife",
            "longer than nothing"),
        broken("atMost: 30", "atMost: -3", "/scoring/engagement/2/atMost", "must be from"),
        broken("mode: assign", "mode: watch", "/routing/mode", "assign, observe"),
        broken(
            "{ id: rest,   when: 'true', team: inside-sales }",
            "{ id: rest, when: 'true' }",
            "/routing/rules/1/team",
            "is required"),
        broken(
            "{ id: rest,   when: 'true', team: inside-sales }",
            "{ id: rest, when: 'touches[0].asset == \"x\"', team: a }",
            "/routing/rules/1/when",
            "asset isn't known here"),
        broken("catchUpCap: 3", "catchUpCap: -1", "/routing/catchUpCap", "from 0"),
        // clauses
        broken("owes: decision, ", "owes: desicion, ", "/sales/0/owes", "did you mean decision?"),
        broken("owes: decision, ", "owes: mqls, ", "/sales/0/owes", "what marketing owes"),
        broken(
            "silence: deemed-accepted", "silence: golden", "/sales/0/silence", "deemed-accepted"),
        broken("silence: deemed-accepted", "atLeast: 5", "/sales/0/atLeast", "isn't a key here"),
        broken("within: PT1H, ", "within: 1h, ", "/sales/1/within", "ISO 8601"),
        broken("within: PT1H, ", "within: P2W, ", "/sales/1/within", "say days"),
        broken(
            "within: PT1H,  business: true, when",
            "within: PT1H, calendar: berlin, business: true, when",
            "/sales/1/calendar",
            "default, assignee"),
        broken("warnAt: 0.75, onBreach", "warnAt: 75, onBreach", "/sales/1/warnAt", "from 0.01"),
        broken(
            "{notify: seller}",
            "{notify: seler}",
            "/sales/1/onBreach/0/notify",
            "did you mean seller?"),
        broken("{notify: seller}", "{after: PT1H}", "/sales/1/onBreach/0", "one thing to do"),
        broken("to: PT4H }", "to: PT30M }", "/sales/1/relax/to", "relaxes nothing"),
        broken("onDays: 3", "onDays: 6", "/sales/3/onDays", "more days than attempts"),
        broken("counts: [call, ", "counts: [cal, ", "/sales/3/counts/0", "did you mean call?"),
        broken("id: feedback,   ", "id: decide,   ", "/sales/5/id", "twice"),
        broken(
            "per: month }\n  - { id: tier-mix",
            "per: moon }\n  - { id: tier-mix",
            "/marketing/0/per",
            "month"),
        broken("atLeast: 0.25", "atLeast: 25", "/marketing/1/atLeast", "from 0 to 1"),
        broken(
            "counts: [wrong-persona, ",
            "counts: [wrong-person, ",
            "/marketing/2/counts/0",
            "did you mean wrong-persona?"),
        broken(
            "clause: feedback",
            "clause: feedbak",
            "/marketing/2/suspendedBy/clause",
            "did you mean feedback?"),
        broken(
            "owes: fields, fields: [email, company, jobTitle]",
            "owes: fields, fields: []",
            "/marketing/3/fields",
            "at least one"),
        broken("ahead: P3D", "ahead: P-3D", "/marketing/5/ahead", "ISO 8601"),
        // goals, meeting, process
        broken(
            "metric: sql, target: 240",
            "metric: sqls, target: 240",
            "/goals/0/children/1/metric",
            "did you mean sql?"),
        broken(
            "metric: sql, target: 240",
            "metric: sql, target: 0",
            "/goals/0/children/1/target",
            "from 0.01"),
        broken("currency: EUR, from", "from", "/goals/0/currency", "is required"),
        broken("to: 2027-04-01", "to: 2026-04-01", "/goals/0/to", "before it begins"),
        broken("id: sql-q1", "id: revenue-q1", "/goals/0/children/1/id", "twice"),
        broken("at: \"10:00\"", "at: \"25:00\"", "/meeting/at", "time of day"),
        broken("day: tue", "day: tuesday", "/meeting/day", "tue"),
        broken("on: accepted", "on: acepted", "/process/0/on", "did you mean accepted?"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void a_broken_charter_says_where_and_what_to_do(
      String from, String to, String pointer, String says) {
    assertThat(Documents.example()).contains(from);

    var faults = Documents.faults(Documents.example().replace(from, to));

    assertThat(faults)
        .anySatisfy(
            fault -> {
              assertThat(fault.pointer()).isEqualTo(pointer);
              assertThat(fault.detail()).contains(says);
            });
  }

  @Test
  void every_fault_is_named_at_once() {
    var yaml =
        Documents.example()
            .replace("zone: Europe/Berlin", "zone: Mars")
            .replace("company.employees >= 50'", "company.staff >= 50'")
            .replace("owes: decision, ", "owes: apology, ");

    var pointers = Documents.faults(yaml).stream().map(Fault::pointer).collect(Collectors.toList());

    assertThat(pointers)
        .containsExactly("/calendars/default/zone", "/idealCustomer/tiers/1/when", "/sales/0/owes");
  }

  static List<String> hopeless() {
    return List.of(
        "",
        "   \n",
        "[]",
        "42",
        "just text",
        "a: [1",
        "a: b: c",
        "&a [*a]",
        "a: &a [*a, *a]",
        "? [1]\n: 2",
        "name: x\nname: y",
        "a: 1e999999999",
        "a: .inf",
        "a: 99999999999999999999999999",
        "!!java.net.URL [http://example.org]",
        "- - - - - - - -".repeat(50),
        "[".repeat(5_000),
        "{".repeat(5_000),
        "\u0000",
        "a: \"\\ud800\"",
        "%YAML 9.9\n---\na: 1",
        "--- a\n--- b",
        "x".repeat(300_000),
        "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\n"
            + "c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\n"
            + "e: [*d,*d,*d,*d,*d,*d,*d,*d,*d]");
  }

  @ParameterizedTest
  @MethodSource("hopeless")
  void whatever_comes_in_ends_in_faults(String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);

    assertThat(Agreement.read(bytes, Form.YAML)).isInstanceOf(Read.Faulty.class);
    assertThat(Agreement.read(bytes, Form.JSON)).isInstanceOf(Read.Faulty.class);
  }

  @Test
  void a_charter_with_bytes_mangled_never_throws() {
    var random = new SplittableRandom(7);
    var good = Documents.example().getBytes(StandardCharsets.UTF_8);
    for (int run = 0; run < 60; run++) {
      var bytes = Arrays.copyOf(good, good.length);
      for (int i = 0; i < 8; i++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }

      assertThat(Agreement.read(bytes, Form.YAML)).isNotNull();
    }
  }

  @Test
  void a_value_of_the_wrong_kind_anywhere_is_a_fault_and_no_exception() {
    var example = Documents.good(Documents.example()).document();
    var paths = new java.util.ArrayList<String>();
    collect(example, "", paths);
    for (var path : paths) {
      for (var wrong :
          List.of("null", "[]", "{}", "\"\"", "-1", "true", "[null]", "[{}]", "[[]]")) {
        var changed = Changed.at(example, path, wrong);

        assertThat(Agreement.of(changed)).isNotNull();
      }
    }
  }

  private static void collect(
      com.fasterxml.jackson.databind.JsonNode node, String path, List<String> paths) {
    if (!path.isEmpty() && path.hashCode() % 4 == 0) {
      paths.add(path);
    }
    node.properties()
        .forEach(field -> collect(field.getValue(), Pointer.of(path, field.getKey()), paths));
    if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        collect(node.get(i), path + "/" + i, paths);
      }
    }
  }
}
