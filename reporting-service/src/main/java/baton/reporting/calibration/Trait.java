package baton.reporting.calibration;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Something that a lead has or hasn't, as a rule of a charter can ask for it.
 *
 * @param id how the rule is called
 * @param field what it is read from
 * @param when the rule
 * @param touch the kind of touch, where it is that there was one at all
 * @param leads those who have it, by their place in the cohort
 */
record Trait(String id, String field, String when, @Nullable String touch, BitSet leads) {
  int among(int first) {
    return leads.get(0, first).cardinality();
  }

  /** How many of those learned from have it and succeeded. */
  int successes(Cohort cohort) {
    return (int)
        leads.stream()
            .takeWhile(lead -> lead < cohort.train())
            .filter(lead -> cohort.success()[lead])
            .count();
  }
}
