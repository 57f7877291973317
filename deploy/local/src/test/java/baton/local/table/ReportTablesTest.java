package baton.local.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;

class ReportTablesTest {
  @Test
  void promises_are_a_line_per_clause_and_one_per_side() {
    var table =
        SlaTable.of(
            json(
                """
                {"by": ["seller", "clause"],
                 "rows": [{"key": {"seller": null, "clause": "decide"}, "owedBy": "sales", "met": 1200,
                           "breached": 300, "excused": 10, "open": 4, "attainment": 0.8,
                           "attainmentWithExcused": 0.7947, "overrun": {"p50": "PT26H", "p90": null}}],
                 "total": {"sales": {"met": 1200, "breached": 300, "excused": 10, "open": 4,
                                     "attainment": 0.8, "attainmentWithExcused": 0.7947},
                           "marketing": {"met": 0, "breached": 0, "excused": 0, "open": 0,
                                         "attainment": null, "attainmentWithExcused": null}}}"""));

    assertThat(table)
        .isEqualTo(
            """
            seller  clause  owed by      met  breached  excused  open  kept %  with excused %  late by p50  p90
            ───────────────────────────────────────────────────────────────────────────────────────────────────
            (none)  decide  sales      1,200       300       10     4    80.0            79.5        1d 2h    –
            total           sales      1,200       300       10     4    80.0            79.5            –    –
            total           marketing      0         0        0     0       –               –            –    –
            """);
  }

  @Test
  void a_percentile_among_those_never_touched_is_a_dash() {
    var table =
        VelocityTable.of(
            json(
                """
                {"by": [], "rows": [],
                 "total": {"speedToLead": {"wall": {"p50": "PT41M20S", "p90": null, "count": 3, "never": 1},
                                           "business": {"p50": "PT12S", "p90": null}},
                           "contact": {"p50": "PT2H5M"}, "decision": {"p50": null},
                           "stages": {"mql": {"p50": "PT0S"}}}}"""));

    assertThat(table.lines().toList().getLast().split(" {2,}"))
        .containsExactly(
            "total", "3", "1", "41m 20s", "–", "12s", "–", "2h 5m", "–", "0s", "–", "–", "–");
  }

  private static JsonNode json(String text) {
    try {
      return JsonMapper.builder().build().readTree(text);
    } catch (JsonProcessingException wrong) {
      throw new IllegalStateException(wrong);
    }
  }
}
