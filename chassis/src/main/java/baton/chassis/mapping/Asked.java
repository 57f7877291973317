package baton.chassis.mapping;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What somebody was asked to agree to, one thing or a list of them.
 *
 * @param group of the consents in the command
 * @param each where it stands
 * @param purpose null where what tells one from another is the purpose
 * @param by what tells one from another
 * @param purposes by what tells one from another, where that says more
 * @param given whether they agreed; a text of blanks says no
 * @param text what they were shown
 */
record Asked(
    String group,
    JsonPointer each,
    List<Mapping.Condition> when,
    @Nullable String purpose,
    List<Source> by,
    Map<String, String> purposes,
    List<Source> given,
    List<Source> text) {

  /**
   * What was said of one thing.
   *
   * @param key tells it from the others
   * @param shared whether others may be asked for by the same name
   */
  private record Said(
      String name, String key, boolean shared, boolean given, @Nullable String text) {}

  /**
   * Puts what was said where the command has it. Where one purpose is asked for several times, each
   * goes by its purpose and what tells it from the others.
   */
  void put(ObjectNode command, Scope scope, Consumer<String> used, Consumer<String> unread) {
    var all = said(scope, used, unread);
    boolean several = all.stream().filter(Said::shared).count() > 1;
    for (var one : all) {
      agree(command, several && one.shared() ? one.name() + "-" + one.key() : one.name(), one);
    }
  }

  private List<Said> said(Scope scope, Consumer<String> used, Consumer<String> unread) {
    var all = new ArrayList<Said>();
    var list = scope.element().at(each);
    int size = list.isArray() ? list.size() : list.isMissingNode() ? 0 : 1;
    for (int i = 0; i < size; i++) {
      var item =
          list.isArray() ? scope.item(list.get(i), each.appendIndex(i)) : scope.item(list, each);
      var agreed =
          when.stream().allMatch(condition -> condition.holds(item))
              ? agreed(item, used, unread)
              : null;
      var key = first(by, item, used);
      var known = key == null ? null : purposes.get(key);
      var name = known != null ? known : purpose != null ? purpose : key;
      if (agreed != null && name != null) {
        boolean shared = known == null && purpose != null;
        var other = key == null ? String.valueOf(i + 1) : key;
        all.add(new Said(name, other, shared, agreed, first(text, item, used)));
      }
    }
    return all;
  }

  private @Nullable Boolean agreed(Scope item, Consumer<String> used, Consumer<String> unread) {
    for (var source : given) {
      var value = source.in(item, used, unread);
      var said = value == null ? null : Transform.YES.of(value);
      if (said != null) {
        return said.booleanValue();
      }
      if (source.isBlank(item)) {
        return false;
      }
    }
    return null;
  }

  private static @Nullable String first(List<Source> sources, Scope item, Consumer<String> used) {
    for (var source : sources) {
      var value = source.in(item, used, _ -> {});
      if (value != null) {
        return value.asText();
      }
    }
    return null;
  }

  private void agree(ObjectNode command, String to, Said said) {
    var consents = command.withArray("/" + group);
    if (said.given() && said.text() == null) {
      consents.add(to);
      return;
    }
    var consent = consents.addObject().put("purpose", to).put("given", said.given());
    if (said.text() != null) {
      consent.put("text", said.text());
    }
  }
}
