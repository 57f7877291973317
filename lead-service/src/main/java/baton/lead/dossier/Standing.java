package baton.lead.dossier;

import baton.charter.scoring.Ruling;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
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

  static Standing of(Ruling<?> ruling) {
    var now = ruling.now();
    return new Standing(
        ruling.asOf(), now.persona().id(), now.tier(), now.score(), ruling.saidQualifiedAt());
  }

  /** How a lead that did this after its first touch stood before its next fact. */
  static Ruling.Stood before(Lead lead, List<Touch> later) {
    var stood = lead.standing();
    var pass = lead.pass();
    return new Ruling.Stood(
        stood == null ? latest(lead, later) : stood.asOf(),
        stood == null ? null : stood.saidQualifiedAt(),
        lead.hasOpenPass(),
        pass == null ? null : pass.endedAt());
  }

  private static Instant latest(Lead lead, List<Touch> later) {
    return later.stream().map(Touch::at).reduce(lead.first().at(), Ruling::later);
  }
}
