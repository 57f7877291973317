package baton.reporting.funnel.rest;

import baton.reporting.funnel.Cohort;
import baton.reporting.funnel.Counts;
import baton.reporting.funnel.Numbers;
import baton.reporting.funnel.Question;
import baton.reporting.funnel.Report;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** How a report reads: which numbers it needs, and what it says of the sums of a row. */
interface Layout {
  Numbers numbers();

  /** Names of the keys that this report itself tells rows apart by, beside those asked by. */
  default List<String> apart() {
    return List.of();
  }

  /**
   * What a row says: one object, or one for each value of {@link #apart}, which it carries under
   * these names.
   */
  default List<ObjectNode> rows(Report.Row row, Question question) {
    return List.of(total(row.counts(), question));
  }

  /** Says in a row of a cohort what may still become more. */
  default void mark(ObjectNode row, Cohort cohort) {
    row.put("immature", cohort.immature());
  }

  /** What these sums say; all of them together, unless rows are told in the same way. */
  ObjectNode total(Counts counts, Question question);
}
