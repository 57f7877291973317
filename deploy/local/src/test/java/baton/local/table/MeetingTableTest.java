package baton.local.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeetingTableTest {
  @Test
  void an_agenda_is_a_table_after_the_other() throws JsonProcessingException {
    var agenda =
        JsonMapper.builder()
            .build()
            .readTree(
                """
                {"week": "2026-W09", "from": "2026-02-23", "to": "2026-03-02", "zone": "UTC", "over": true,
                 "completeTo": "2026-03-03T10:00:00.000Z",
                 "moved": [
                   {"says": "MQLs", "side": "marketing", "unit": "count", "lastWeek": 1200, "thisWeek": 40,
                    "because": ["definition"]},
                   {"says": "time to assign, p50", "side": "sales", "unit": "duration", "lastWeek": "PT42M7S",
                    "thisWeek": null, "because": ["behaviour"]},
                   {"says": "revenue", "side": "both", "unit": "money",
                    "lastWeek": {"amount": "1250.40", "currency": "EUR"}, "thisWeek": null, "because": []}],
                 "goals": [{"id": "revenue-q1", "owners": ["sales"], "to": "2026-04-01", "outlook": "at-risk",
                   "target": {"amount": "1200000.00", "currency": "EUR"}, "actual": null, "pacing": 0.5,
                   "forecast": null, "children": [{"id": "mql-q1", "owners": [], "to": "2026-04-01",
                   "outlook": "on-track", "target": 1200, "actual": 400, "pacing": 1, "forecast": 1201}]}],
                 "promises": [], "disputes": [], "rejections": [], "objections": [], "amendments": [],
                 "restated": {"count": 1201, "latest": [{"number": {"day": "2026-02-18", "metric": "won", "of": {},
                   "key": {"source": "google", "medium": null}}, "from": 3, "to": 4, "leads": 1,
                   "by": {"type": "lead-outcome"}}]},
                 "decisions": [], "attendance": {"marketing": ["mia"], "sales": []}}""");

    assertThat(
            MeetingTable.of(agenda, List.of(3)).lines().map(line -> line.replaceAll(" {2,}", "|")))
        .containsSubsequence(
            "Marketing and sales, week 2026-W09: 2026-02-23 to 2026-03-01 (UTC)",
            "marketing|MQLs|definition|1,200|40",
            "sales|time to assign, p50|behaviour|42m 7s|–",
            "both|revenue|1,250 EUR|–",
            "revenue-q1|sales|2026-04-01|at-risk|1,200,000 EUR|–|50.0|–",
            "mql-q1|–|2026-04-01|on-track|1,200|400|100.0|1,201",
            "won|2026-02-18|google|lead-outcome|3|4",
            "and 1,200 others: GET /restatements",
            "Version 3 of the charter is proposed: ./baton charter diff 3, ./baton meeting --what-if",
            "marketing: mia|sales: nobody noted")
        .doesNotContain("clause|owed by|met|breached|excused|open|kept %");
  }

  @Test
  void what_a_draft_would_have_come_to_stands_beside_what_happened()
      throws JsonProcessingException {
    var answer =
        JsonMapper.builder()
            .build()
            .readTree(
                """
                {"mqls": {"happened": {"leads": 40}, "wouldHave": {"leads": 1200}},
                 "acceptance": {"happened": {"acceptance": 0.5}, "wouldHave": {"acceptance": null}},
                 "clauses": [{"clause": "decide", "owedBy": "sales", "happened": {"breached": 3},
                              "wouldHave": {"breached": 0}}]}""");

    assertThat(ReplayTable.inShort(3, answer))
        .isEqualTo(
            """
            under version 3         happened  would have
            ────────────────────────────────────────────
            MQLs                          40       1,200
            accepted of decided %       50.0           –
            decide broken by sales         3           0
            """);
  }
}
