package baton.chassis.mapping;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A mapping as it is written.
 *
 * @param each where the elements of a delivery stand, list within list; a delivery is one element
 *     where there is no such list
 * @param nulls words that mean no value, as {@code Select}
 * @param lookups words of theirs and what they are here, by the name that {@code | lookup} gives
 * @param pairs a list of names and values in an element, to be read by {@code /@/NAME}; a case may
 *     have its own
 * @param cases asked in order, the first that fits decides; an element that fits none is skipped
 */
public record MappingBody(
    @Nullable List<@Nullable String> each,
    @Nullable List<@Nullable String> nulls,
    @Nullable Map<String, Map<String, String>> lookups,
    @Nullable PairsPart pairs,
    @Nullable List<@Nullable CasePart> cases) {

  /** The mapping of rows whose columns bear the names of our fields, as {@code contact.email}. */
  public static MappingBody byName(List<String> columns) {
    var fields = new LinkedHashMap<String, List<String>>();
    for (var column : columns) {
      var source = JsonPointer.empty().appendProperty(column).toString();
      boolean truth = column.equals("qualified") || column.startsWith("consent.");
      fields.put(column, List.of(truth ? source + " | yes" : source));
    }
    return new MappingBody(
        null, null, null, null, List.of(new CasePart(null, null, null, null, fields, null, null)));
  }

  /**
   * @param names left out where the keys of an object are the names
   */
  public record PairsPart(
      @Nullable String at,
      @Nullable List<@Nullable String> names,
      @Nullable List<@Nullable String> values) {}

  /**
   * @param when values by pointer, all of which must be there; null fits all
   * @param pairs where its pairs stand, if not where the mapping says
   * @param into what such an element becomes, as {@code lead}; left out, what most become
   * @param test as {@code when}: it only tries the connection
   * @param fields sources by the name of our field, as {@code contact.email}; the first that has a
   *     value counts
   * @param consents what somebody was asked to agree to, with what they were shown
   * @param constants values of our fields where no source has one
   */
  public record CasePart(
      @Nullable Map<String, List<String>> when,
      @Nullable PairsPart pairs,
      @Nullable String into,
      @Nullable Map<String, List<String>> test,
      @Nullable Map<String, List<String>> fields,
      @Nullable List<@Nullable AskedPart> consents,
      @Nullable Map<String, JsonNode> constants) {}

  /**
   * @param each where they stand: a list, or one; pointers of the others begin there
   * @param when as a case's: what else stands there is no consent
   * @param purpose left out, it is what {@code by} finds; where it is asked for several times, each
   *     goes by the two, as {@code marketing-7}
   * @param by what tells one from another
   * @param purposes by what tells one from another, where that says more
   * @param given whether they agreed
   * @param text what they were shown
   */
  public record AskedPart(
      @Nullable String each,
      @Nullable Map<String, List<String>> when,
      @Nullable String purpose,
      @Nullable List<String> by,
      @Nullable Map<String, String> purposes,
      @Nullable List<String> given,
      @Nullable List<String> text) {}
}
