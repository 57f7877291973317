package baton.reporting.funnel.postgres;

import baton.reporting.funnel.Dimension;
import baton.reporting.funnel.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Which leads a question lets through, said of their keys {@code k}. */
final class Filter {
  private Filter() {}

  /**
   * @param first the number of its first parameter
   */
  static String conditions(Question question, int first) {
    var conditions = new StringBuilder();
    int parameter = first;
    for (var dimension : Dimension.values()) {
      var values = question.only().get(dimension);
      if (values == null) {
        continue;
      }
      var column = "k." + dimension.column();
      conditions
          .append(" AND (")
          .append(column)
          .append(" = ANY((SELECT $")
          .append(parameter++)
          .append("::text[])::text[])");
      if (values.contains(null)) {
        conditions.append(" OR ").append(column).append(" IS NULL");
      }
      conditions.append(")");
    }
    return conditions.toString();
  }

  /** The parameters of these conditions, in their order. */
  static List<String[]> values(Question question) {
    var parameters = new ArrayList<String[]>();
    for (var dimension : Dimension.values()) {
      var values = question.only().get(dimension);
      if (values != null) {
        parameters.add(values.stream().filter(Objects::nonNull).toArray(String[]::new));
      }
    }
    return parameters;
  }
}
