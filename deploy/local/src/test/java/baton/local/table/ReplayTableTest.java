package baton.local.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;

class ReplayTableTest {
  @Test
  void what_happened_stands_beside_what_would_have() throws Exception {
    var result =
        JsonMapper.builder()
            .build()
            .readTree(
                """
                {"completeTo": "2026-06-01T00:00:00Z",
                 "mqls": {"happened": {"leads": 1200, "passes": 1300}, "wouldHave": {"leads": 1150, "passes": 1255},
                          "kept": 1250, "lost": 50, "gained": 5,
                          "byPersona": [{"persona": "it", "happened": 1300, "wouldHave": 1255}],
                          "byTier": [{"tier": null, "happened": 1300, "wouldHave": 1255}]},
                 "clauses": [{"clause": "decide", "owedBy": "sales",
                              "happened": {"met": 900, "breached": 100, "open": 3, "attainment": 0.9},
                              "wouldHave": {"met": 800, "breached": 150, "open": 3, "attainment": 0.8421}}],
                 "periods": [{"clause": "volume", "from": "2026-03-01",
                              "happened": {"counted": 420, "of": 420, "verdict": "met"},
                              "wouldHave": {"counted": 390, "of": 390, "verdict": "breached"}}],
                 "acceptance": {"happened": {"accepted": 600, "decided": 800, "acceptance": 0.75},
                                "wouldHave": {"accepted": 590, "decided": 760, "acceptance": 0.7763}},
                 "load": {"sellers": [{"seller": "grace", "happened": {"handoffs": 650, "peakOpen": 41},
                                       "wouldHave": {"handoffs": 630, "peakOpen": 40}}]},
                 "limits": ["People did what they did."]}""");

    var table = ReplayTable.of(result);

    assertThat(table)
        .isEqualTo(
            """
                                  happened  would have  change
            ──────────────────────────────────────────────────
            leads that were MQLs     1,200       1,150     -50
            MQLs, each pass          1,300       1,255     -45
              as they were                       1,250
              no longer                                    -50
              new                                           +5
              persona it             1,300       1,255     -45
              tier (none)            1,300       1,255     -45
            accepted                   600         590     -10
            of decided                 800         760     -40
            acceptance %              75.0        77.6

            clause  owed by  met  would  breached  would  open  would  kept %  would
            ────────────────────────────────────────────────────────────────────────
            decide  sales    900    800       100    150     3      3    90.0   84.2

            clause  from        counted  would   of  would  verdict     would
            ─────────────────────────────────────────────────────────────────
            volume  2026-03-01      420    390  420    390      met  breached

            seller  handoffs  would  most open at a time  would
            ───────────────────────────────────────────────────
            grace        650    630                   41     40

            What a replay can't know:
            - People did what they did.

            complete to 2026-06-01T00:00:00Z
            """);
  }
}
