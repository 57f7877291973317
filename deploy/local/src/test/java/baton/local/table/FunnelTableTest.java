package baton.local.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;

class FunnelTableTest {
  private static final String ROW =
      """
      "stages": {"captured": {"count": 8000},
                 "mql": {"count": 8000, "inferred": 0, "fromPrevious": 1.0, "fromFirst": 1.0},
                 "sal": {"count": 842, "inferred": 842, "fromPrevious": 0.10525},
                 "sql": {"count": 842, "inferred": 842, "fromPrevious": 1.0},
                 "won": {"count": 842, "fromPrevious": 1.0, "fromFirst": 0.10525,
                         "revenue": [{"amount": "1234567.50", "currency": "BRL"}]}},
      "ended": {"won": 842, "lost": 0, "rejected": 0, "returned": 0, "disqualified": 0, "open": 7158}
      """;

  @Test
  void a_key_without_a_value_is_a_line_of_its_own() throws Exception {
    var funnel =
        JsonMapper.builder()
            .build()
            .readTree(
                """
                {"by": ["source"], "rows": [{"key": {"source": null}, %1$s}], "total": {%1$s}}"""
                    .formatted(ROW));

    var table = FunnelTable.of(funnel);

    assertThat(table)
        .isEqualTo(
            """
            source  captured    MQL      %  SAL     %  SQL      %  won      %  of captured  lost  rejected  returned   open        revenue
            ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
            (none)     8,000  8,000  100.0  842  10.5  842  100.0  842  100.0         10.5     0         0         0  7,158  1,234,568 BRL
            total      8,000  8,000  100.0  842  10.5  842  100.0  842  100.0         10.5     0         0         0  7,158  1,234,568 BRL
            """);
  }

  @Test
  void a_conversion_of_nothing_is_a_dash() throws Exception {
    var funnel =
        JsonMapper.builder()
            .build()
            .readTree(
                """
                {"by": [], "rows": [], "total": {"stages": {"captured": {"count": 0},
                 "mql": {"count": 0, "fromPrevious": null}}, "ended": {"open": 0}}}""");

    var table = FunnelTable.of(funnel);

    assertThat(table.lines().toList().getLast()).startsWith("total         0    0  –");
  }
}
