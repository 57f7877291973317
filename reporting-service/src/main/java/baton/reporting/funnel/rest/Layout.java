package baton.reporting.funnel.rest;

import baton.reporting.funnel.Counts;
import baton.reporting.funnel.Numbers;
import baton.reporting.funnel.Question;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** How a report reads: which numbers it needs, and what it says of the sums of a row. */
interface Layout {
  Numbers numbers();

  /** The question whose sums are read; another than was asked where a report counts its own way. */
  default Question read(Question asked) {
    return asked;
  }

  /** Names of the keys that this report itself tells rows apart by, beside those asked by. */
  default List<String> apart() {
    return List.of();
  }

  /**
   * What the sums of a row say: one object, or one for each value of {@link #apart}, which it
   * carries under these names.
   */
  List<ObjectNode> rows(Counts counts, Question question);

  /** What all of them together say. */
  ObjectNode total(Counts counts, Question question);
}
