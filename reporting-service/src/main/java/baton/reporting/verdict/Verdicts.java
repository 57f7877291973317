package baton.reporting.verdict;

import baton.contracts.Side;
import io.smallrye.mutiny.Uni;
import java.util.Map;

/** Where the counts are read from. */
public interface Verdicts {

  /** Of all that each side promised. */
  Uni<Map<Side, Count>> counted();
}
