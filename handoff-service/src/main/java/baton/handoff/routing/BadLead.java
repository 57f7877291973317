package baton.handoff.routing;

import baton.charter.Agreement;
import baton.charter.Clause.RejectionRate;
import java.util.Set;
import java.util.stream.Collectors;

/** Which rejections say that the lead was bad, so that it doesn't cost its seller a turn. */
public final class BadLead {
  /** Rejected because the seller's side works on that company already. */
  private static final Set<String> HIS_ALREADY = Set.of("existing-customer", "already-in-pipeline");

  private BadLead() {}

  /**
   * The reasons by which marketing is measured count; where it isn't measured, every reason but
   * those that say that the company is won or worked on already.
   */
  public static boolean says(Agreement agreement, String reason) {
    var measured =
        agreement.terms().marketing().stream()
            .filter(RejectionRate.class::isInstance)
            .map(RejectionRate.class::cast)
            .flatMap(rate -> rate.counts().stream())
            .collect(Collectors.toSet());
    return measured.isEmpty() ? !HIS_ALREADY.contains(reason) : measured.contains(reason);
  }
}
