package baton.reporting.meeting.rest;

import static org.assertj.core.api.Assertions.assertThat;

import baton.charter.print.Pages;
import baton.contracts.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class SheetTest {
  private static final String AGENDA =
      """
      {"week": "2026-W09", "from": "2026-02-23", "to": "2026-03-02", "zone": "Europe/Berlin",
       "over": false, "completeTo": "2026-02-27T10:00:00.000Z", "charters": [1, 2],
       "meeting": {"every": "week", "on": "2026-03-03", "at": "10:00"},
       "moved": [
         {"number": "mqls", "says": "MQLs", "side": "marketing", "unit": "count",
          "lastWeek": 1200, "thisWeek": 40, "because": ["definition", "restated"]},
         {"number": "acceptance", "says": "accepted of decided", "side": "marketing",
          "unit": "share", "lastWeek": null, "thisWeek": 0.625, "because": ["behaviour"]},
         {"number": "time-to-assign", "says": "time to assign, p50", "side": "sales",
          "unit": "duration", "lastWeek": "PT42M7S", "thisWeek": "PT42M7S", "because": []},
         {"number": "owner-hops", "says": "owner changes per pass", "side": "sales",
          "unit": "per-pass", "lastWeek": 0.5, "thisWeek": 1.25, "because": ["behaviour"]},
         {"number": "revenue", "says": "revenue", "side": "both", "unit": "money",
          "lastWeek": {"amount": "1250.50", "currency": "EUR"}, "thisWeek": null,
          "because": ["behaviour"]}],
       "goals": [{"id": "revenue-q1", "metric": "revenue", "owners": ["marketing", "sales"],
         "to": "2026-04-01", "target": {"amount": "1200000.00", "currency": "EUR"},
         "actual": {"amount": "300000.00", "currency": "EUR"}, "pacing": 0.5, "forecast": null,
         "outlook": "at-risk", "children": [{"id": "mql-q1", "metric": "mql", "owners": [],
           "to": "2026-04-01", "target": 1200, "actual": 400, "pacing": 1.0, "forecast": 1201,
           "outlook": "on-track", "children": []}]}],
       "promises": [{"key": {"clause": "decide"}, "owedBy": "sales", "met": 8, "breached": 2,
         "excused": 1, "open": 0, "attainment": 0.8}],
       "disputes": [{"clause": "decide", "owedBy": "sales", "state": "disputed", "count": 1}],
       "rejections": [{"campaign": null, "count": 3, "rate": 0.375, "reasons": [
         {"reason": null, "count": 1}, {"reason": "<b>spam</b> | x", "count": 2}]}],
       "objections": [
         {"objection": "price", "thisWeek": 4, "lastWeek": 1, "covered": false, "requested": 0},
         {"objection": "security", "thisWeek": 1, "lastWeek": 2, "covered": true, "requested": 0}],
       "restated": {"count": 9, "latest": [{"number": {"day": "2026-02-18", "metric": "revenue", "of": {"currency": "EUR"},
           "key": {"source": "google", "medium": null, "channel": "Direct", "campaign": null}},
         "from": {"amount": "0.00", "currency": "EUR"},
         "to": {"amount": "1250.50", "currency": "EUR"}, "leads": 1,
         "by": {"type": "lead-outcome"}}]},
       "amendments": [{"version": 2, "effectiveFrom": "2026-02-25T00:00:00.000Z", "inForce": true,
         "changes": ["the limit of decide is 4 open hours, was 1 business day"]}],
       "decisions": [{"text": "Call within the hour", "owner": "grace", "due": "2026-02-20",
         "state": "overdue", "week": "2026-W07"}],
       "attendance": {"marketing": ["mia"], "sales": [], "complete": false,
         "asked": {"marketing": 1, "sales": 1}}}
      """;

  @Test
  void an_agenda_reads_as_people_write_it() throws JsonProcessingException {
    var page = Pages.markdown(Sheet.of(agenda()));

    assertThat(page)
        .startsWith("# Marketing and sales, week 2026-W09")
        .contains(
            "2026-02-23 to 2026-03-01 (Europe/Berlin). The week isn't over: its numbers still grow."
                + " Meeting on 2026-03-03 at 10:00.",
            "| MQLs | 1,200 | 40 | definition, restated | time to assign, p50 | 42 min 7 s | 42 min"
                + " 7 s |  |",
            "| accepted of decided | – | 62.5 % | behaviour | owner changes per pass | 0.50 | 1.25 |"
                + " behaviour |",
            "| revenue | 1,250.50 EUR | – | behaviour |",
            "| revenue-q1 (revenue) | marketing, sales | 2026-04-01 | 1,200,000.00 EUR |"
                + " 300,000.00 EUR | 50.0 % | – | at-risk |",
            "| · mql-q1 (mql) | – | 2026-04-01 | 1,200 | 400 | 100.0 % | 1,201 | on-track |",
            "| decide | sales | 8 | 2 | 1 | 0 | 80.0 % |",
            "- decide, owed by sales: 1 disputed",
            "| (none) | 3 | 37.5 % | \\<b\\>spam\\</b\\> \\| x 2, (no reason) 1 |",
            "| price | 4 | 1 | missing, nobody asked |",
            "| security | 1 | 2 | there |",
            "- revenue EUR of 2026-02-18, google, Direct: 0.00 EUR, now 1,250.50 EUR (lead-outcome)",
            "- and 8 others: GET /restatements lists them",
            "- Version 2, in force from 2026-02-25T00:00:00.000Z: the limit of decide is 4 open"
                + " hours, was 1 business day",
            "| Call within the hour | grace | 2026-02-20 | overdue | 2026-W07 |",
            "Marketing: mia Sales: \\_\\_\\_\\_",
            "The charter asks for at least 1 of marketing and 1 of sales.");
  }

  @Test
  void what_an_agenda_says_never_becomes_markup() throws JsonProcessingException {
    assertThat(Pages.html(Sheet.title(agenda()), Sheet.of(agenda())))
        .contains("<td>&lt;b&gt;spam&lt;/b&gt; | x 2, (no reason) 1</td>")
        .doesNotContain("<b>", "<script", "http");
  }

  private static JsonNode agenda() throws JsonProcessingException {
    return Json.mapper().readTree(AGENDA);
  }
}
