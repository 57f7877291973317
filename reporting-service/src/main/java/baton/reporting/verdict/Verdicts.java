package baton.reporting.verdict;

import baton.contracts.Side;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the counts are read from. */
public interface Verdicts {

  /** Of all that each side promised. */
  Uni<Map<Side, Count>> counted();

  /** How promises about no lead fared that were due at one time. */
  record Due(Promised promised, Instant at, long met, long broken, long excused) {}

  /** Those of a time that ended in {@code (from, to]}; null for no limit. */
  Uni<List<Due>> ofNoLead(@Nullable Instant from, @Nullable Instant to);
}
