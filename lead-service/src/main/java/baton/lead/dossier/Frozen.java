package baton.lead.dossier;

import baton.contracts.LeadQualified;
import baton.contracts.ScorePart;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Why a lead was qualified, as it was published: no later fact and no later charter changes it. */
public record Frozen(
    UUID passId,
    int charterVersion,
    String why,
    @Nullable String persona,
    @Nullable String tier,
    @Nullable BigDecimal score,
    List<ScorePart> parts) {
  public Frozen {
    parts = parts == null ? List.of() : List.copyOf(parts);
  }

  static Frozen of(LeadQualified qualified) {
    return new Frozen(
        qualified.passId(),
        qualified.charterVersion(),
        qualified.why(),
        qualified.persona(),
        qualified.tier(),
        qualified.score(),
        qualified.parts());
  }
}
