package baton.local.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;

class CalibrationTableTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Test
  void what_was_learned_fits_into_a_mail() throws Exception {
    var calibration =
        JSON.readTree(
            """
            {"outcome": "won",
             "split": {"train": {"leads": 6468, "successes": 2569, "lastCaptured": "2026-03-02T09:00:00Z"},
                       "test": {"leads": 2772, "successes": 992}},
             "fitted": {
               "rules": [{"when": "lead.source == \\"chat\\"", "points": -7, "oddsRatio": 0.61,
                          "trainLeads": 1240, "trainRate": 0.255}],
               "pointsToDoubleTheOdds": 10, "chanceAtZeroPoints": 0.031,
               "draft": {"leads": 2772, "auc": {"value": 0.8537, "low": 0.8388, "high": 0.8686}, "brier": 0.145,
                         "deciles": [{"decile": 1, "leads": 277, "predicted": 0.9658, "observed": 0.9242,
                                      "low": 0.8869, "high": 0.9499, "lift": 2.5825, "captured": 0.2581}]},
               "today": null, "lines": []},
             "leftOut": [{"field": "attributes.tags", "why": "asked for"}],
             "notes": ["What goes with success need not cause it."]}""");

    var table = CalibrationTable.of(calibration);

    assertThat(table)
        .isEqualTo(
            """
            Learned from 6,468 leads captured until 2026-03-02, of whom 2,569 won; judged by 2,772 later ones, 992 won.

            rule                   points   odds  leads  won %
            ──────────────────────────────────────────────────
            lead.source == "chat"      -7  ×0.61  1,240   25.5
            0 points mean a chance of 3.1 %; 10 more double the odds.

            on later leads  leads    AUC            95 %  Brier
            ───────────────────────────────────────────────────
            draft           2,772  0.854  0.839 to 0.869  0.145

            best tenths  leads  expected %  won %          95 %  lift  of all won %  today's lift
            ─────────────────────────────────────────────────────────────────────────────────────
            1              277        96.6   92.4  88.7 to 95.0  2.58          25.8             –

            left out         why
            ──────────────────────────
            attributes.tags  asked for

            - What goes with success need not cause it.
            """);
  }

  @Test
  void that_nothing_was_learned_is_said_plainly() throws Exception {
    var calibration =
        JSON.readTree(
            """
            {"outcome": "won", "split": null, "fitted": null, "reason": "too few outcomes",
             "leftOut": [], "notes": []}""");

    var table = CalibrationTable.of(calibration);

    assertThat(table).isEqualTo("Nothing was learned: too few outcomes.\n");
  }
}
