package baton.lead.dossier;

import baton.charter.scoring.Judgement;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a lead stood when it was last judged: as of the latest fact about it so far. {@code tier} is
 * null where the charter defines none; {@code saidQualifiedAt} is since when its source says that
 * it is an MQL, null where it doesn't.
 */
public record Standing(
    Instant asOf,
    String persona,
    @Nullable String tier,
    BigDecimal score,
    @Nullable Instant saidQualifiedAt) {

  static Standing of(Judgement judgement, Instant asOf, @Nullable Instant saidQualifiedAt) {
    return new Standing(
        asOf, judgement.persona().id(), judgement.tier(), judgement.score(), saidQualifiedAt);
  }
}
