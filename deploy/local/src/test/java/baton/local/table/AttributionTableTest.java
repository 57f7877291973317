package baton.local.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;

class AttributionTableTest {
  @Test
  void deals_are_shared_out_in_parts() throws Exception {
    var attribution =
        JsonMapper.builder()
            .build()
            .readTree(
                """
                {"model": "markov", "by": ["channel"], "rows": [
                  {"key": {"channel": "Email"}, "conversions": 1234.56, "removalEffect": 0.5,
                   "revenue": [{"amount": "1234567.50", "currency": "BRL"}]},
                  {"key": {"channel": null}, "conversions": 5.44, "revenue": []}],
                 "total": {"conversions": 1240, "revenue": []}}""");

    var table = AttributionTable.of(attribution);

    assertThat(table)
        .isEqualTo(
            """
            channel    deals      %  lost without        revenue
            ────────────────────────────────────────────────────
            Email    1,234.6   99.6          50.0  1,234,568 BRL
            (none)       5.4    0.4             –
            total    1,240.0  100.0             –
            """);
  }
}
