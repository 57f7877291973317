package baton.chassis.mapping;

import baton.chassis.problem.Fault;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A mapping that was read and holds together. */
public final class Mapping<F extends Form> {
  /** More elements than any tool sends in 1 MiB. */
  private static final int MOST_ELEMENTS = 20_000;

  private static final int MOST_UNMAPPED = 500;

  /** That a value is there; one of these, where there are any. */
  record Condition(Source source, Set<String> values) {
    boolean holds(Scope scope) {
      var value = source.in(scope, _ -> {}, _ -> {});
      return value != null && (values.isEmpty() || values.contains(value.asText()));
    }
  }

  /**
   * @param pairs null where they are those of the mapping
   */
  record Case<F extends Form>(
      List<Condition> when,
      @Nullable Pairs pairs,
      F into,
      List<Condition> test,
      Map<Target, List<Source>> fields,
      List<Asked> consents,
      Map<Target, JsonNode> constants) {}

  private final List<JsonPointer> each;
  private final @Nullable Pairs pairs;
  private final List<Case<F>> cases;

  Mapping(List<JsonPointer> each, @Nullable Pairs pairs, List<Case<F>> cases) {
    this.each = each;
    this.pairs = pairs;
    this.cases = cases;
  }

  /** Where the elements of a delivery stand, list within list. */
  public List<JsonPointer> each() {
    return each;
  }

  /** What each element of a delivery says, in order. */
  public List<Mapped<F>> of(JsonNode delivery) {
    return elements(delivery, each).stream()
        .map(element -> element(Scope.of(element, MissingNode.getInstance(), null), true))
        .toList();
  }

  /**
   * What each element says, in order; of one that can't be read, why.
   *
   * @param receivedAt when they came
   */
  public List<Mapped<F>> of(List<Piece> pieces, Instant receivedAt) {
    return pieces.stream().map(piece -> said(piece, receivedAt)).toList();
  }

  private Mapped<F> said(Piece piece, Instant receivedAt) {
    return piece.fault() == null
        ? element(Scope.of(piece.node(), piece.around(), receivedAt), true)
        : new Mapped<>(
            null, JsonNodeFactory.instance.objectNode(), false, List.of(), List.of(piece.fault()));
  }

  /** The elements of what was read; a delivery is one where there is no such list. */
  public static List<JsonNode> elements(JsonNode delivery, List<JsonPointer> each) {
    var elements = List.of(delivery);
    for (var pointer : each) {
      var within = new ArrayList<JsonNode>();
      for (var one : elements) {
        var list = one.at(pointer);
        if (!list.isArray()) {
          within.add(one);
        } else if (within.size() + list.size() <= MOST_ELEMENTS) {
          list.forEach(within::add);
        }
      }
      elements = within;
    }
    return elements;
  }

  /** What the row of a table says, its cells by the names of their columns. */
  public Mapped<F> ofRow(ObjectNode row) {
    return element(Scope.of(row, MissingNode.getInstance(), null), false);
  }

  /** What no row of a table with these columns can say, by the field that lacks it. */
  public List<Fault> lacking(Set<String> columns) {
    var lacking = new ArrayList<Fault>();
    for (int i = 0; i < cases.size(); i++) {
      var at = "/cases/" + i;
      var one = cases.get(i);
      one.when()
          .forEach(
              condition -> lacking(List.of(condition.source()), columns, at + "/when", lacking));
      one.fields()
          .forEach(
              (target, sources) ->
                  lacking(sources, columns, at + "/fields/" + target.path(), lacking));
    }
    return lacking;
  }

  private static void lacking(
      List<Source> sources, Set<String> columns, String where, List<Fault> lacking) {
    if (sources.stream().noneMatch(source -> source.isAmong(columns))) {
      lacking.add(
          new Fault(
              where,
              "the file has no column "
                  + sources.stream()
                      .map(Source::column)
                      .distinct()
                      .collect(Collectors.joining(" or "))));
    }
  }

  private Mapped<F> element(Scope bare, boolean whole) {
    var ofMost = pairs == null ? bare : bare.with(pairs.in(bare));
    for (var one : cases) {
      var scope = one.pairs() == null ? ofMost : bare.with(one.pairs().in(bare));
      if (one.when().stream().allMatch(condition -> condition.holds(scope))) {
        return mapped(one, scope, whole);
      }
    }
    return new Mapped<>(null, JsonNodeFactory.instance.objectNode(), false, List.of(), List.of());
  }

  /** Without {@code whole}, nobody asks what wasn't mapped. */
  private Mapped<F> mapped(Case<F> one, Scope scope, boolean whole) {
    var used = new HashSet<String>();
    var command = JsonNodeFactory.instance.objectNode();
    var filled = new HashSet<Target>();
    var unread = new ArrayList<Fault>();
    one.fields()
        .forEach(
            (target, sources) -> {
              var why = new ArrayList<String>();
              for (var source : sources) {
                var value = source.in(scope, used::add, why::add);
                if (value != null) {
                  target.put(command, value);
                  filled.add(target);
                  return;
                }
              }
              if (!why.isEmpty()) {
                unread.add(new Fault("/" + target.path().replace('.', '/'), why.getFirst()));
              }
            });
    for (var asked : one.consents()) {
      asked.put(command, scope, used::add, why -> unread.add(new Fault("/" + asked.group(), why)));
    }
    one.constants()
        .forEach(
            (target, value) -> {
              if (!filled.contains(target) && stands(target, one.fields(), filled)) {
                target.put(command, value);
              }
            });
    var unmapped = new ArrayList<String>();
    if (whole) {
      unmapped(scope.element(), JsonPointer.empty(), used, unmapped);
    }
    boolean test = one.test().stream().anyMatch(condition -> condition.holds(scope));
    return new Mapped<>(one.into(), command, test, unmapped, unread);
  }

  /** No currency stands without an amount: a constant goes with what else its object says. */
  private static boolean stands(
      Target constant, Map<Target, List<Source>> fields, Set<Target> filled) {
    return !constant.isOfMoney()
        || fields.keySet().stream().noneMatch(Target::isOfMoney)
        || filled.stream().anyMatch(Target::isOfMoney);
  }

  private static void unmapped(
      JsonNode node, JsonPointer at, Set<String> used, List<String> unmapped) {
    if (unmapped.size() == MOST_UNMAPPED) {
      return;
    }
    if (node.isObject()) {
      node.properties()
          .forEach(
              entry ->
                  unmapped(entry.getValue(), at.appendProperty(entry.getKey()), used, unmapped));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        unmapped(node.get(i), at.appendIndex(i), used, unmapped);
      }
    } else if (!node.isNull() && !node.asText().isBlank() && !isUsed(at, used)) {
      unmapped.add(at.toString());
    }
  }

  /** A list counts as used when its first was. */
  private static boolean isUsed(JsonPointer at, Set<String> used) {
    var list = at.head();
    return used.contains(at.toString()) || list != null && used.contains(list.toString());
  }
}
