package baton.chassis.mapping;

import baton.charter.Pointer;
import baton.chassis.mapping.Mapping.Case;
import baton.chassis.mapping.Mapping.Condition;
import baton.chassis.problem.Faults;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads mappings and names everything in them that isn't right. */
public final class MappingReader<F extends Form> {
  private static final int MOST = 100;

  private static final int MOST_WORDS = 1000;

  private final F[] forms;
  private final Faults faults;
  private final Source.Words words;

  private MappingReader(F[] forms, Faults faults, Source.Words words) {
    this.forms = forms;
    this.faults = faults;
    this.words = words;
  }

  /**
   * The mapping that a body describes, right only when no faults were added.
   *
   * @param forms what an element may become; the first where a case doesn't say it
   * @param pointer where it stands in the command
   */
  public static <F extends Form> Mapping<F> read(
      MappingBody body, F[] forms, String pointer, Faults faults) {
    var lookups = given(body.lookups());
    lookups.forEach(
        (name, table) -> {
          if (table == null || table.isEmpty() || table.size() > MOST_WORDS) {
            faults.add(
                Pointer.of(pointer + "/lookups", name),
                "must have between 1 and " + MOST_WORDS + " words");
          }
        });
    if (body.nulls() != null && body.nulls().size() > MOST_WORDS) {
      faults.add(pointer + "/nulls", "must not be more than " + MOST_WORDS);
    }
    return new MappingReader<>(forms, faults, new Source.Words(words(body.nulls()), lookups))
        .mapping(body, pointer);
  }

  private Mapping<F> mapping(MappingBody body, String pointer) {
    var each = pointers(body.each(), pointer + "/each");
    var parts = body.cases() == null ? List.<MappingBody.@Nullable CasePart>of() : body.cases();
    if (parts.isEmpty()) {
      faults.add(pointer + "/cases", "needs at least one: it says what becomes of an element");
    }
    if (parts.size() > MOST) {
      faults.add(pointer + "/cases", "must not be more than " + MOST);
    }
    var cases = new ArrayList<Case<F>>();
    for (int i = 0; i < parts.size(); i++) {
      var part = parts.get(i);
      if (part == null) {
        faults.add(pointer + "/cases/" + i, "must not be null");
      } else {
        cases.add(readCase(part, pointer + "/cases/" + i));
      }
    }
    return new Mapping<>(each, pairs(body.pairs(), pointer + "/pairs"), cases);
  }

  private @Nullable Pairs pairs(MappingBody.@Nullable PairsPart part, String where) {
    if (part == null) {
      return null;
    }
    var at = pointer(part.at() == null ? "" : part.at(), where + "/at");
    return new Pairs(
        at == null ? JsonPointer.empty() : at,
        names(part.names(), where + "/names"),
        pointers(part.values(), where + "/values"));
  }

  private Case<F> readCase(MappingBody.CasePart part, String where) {
    var said =
        part.into() == null
            ? forms[0]
            : faults.oneOf(forms, Form::word, part.into(), where + "/into");
    var into = said == null ? forms[0] : said;
    var fields = new LinkedHashMap<Target, List<Source>>();
    given(part.fields())
        .forEach(
            (path, sources) -> {
              var at = Pointer.of(where + "/fields", path);
              var places = sources(sources, at);
              target(path, into, at).ifPresent(target -> fields.put(target, places));
            });
    var constants = new LinkedHashMap<Target, JsonNode>();
    given(part.constants())
        .forEach(
            (path, value) ->
                target(path, into, Pointer.of(where + "/constants", path))
                    .ifPresent(target -> constants.put(target, value)));
    return new Case<>(
        conditions(part.when(), where + "/when"),
        pairs(part.pairs(), where + "/pairs"),
        into,
        conditions(part.test(), where + "/test"),
        fields,
        consents(part.consents(), into, where + "/consents"),
        constants);
  }

  private List<Asked> consents(
      @Nullable List<MappingBody.@Nullable AskedPart> parts, F into, String where) {
    var group =
        into.groups().entrySet().stream()
            .filter(entry -> entry.getValue() == Form.As.FLAG)
            .map(Map.Entry::getKey)
            .findFirst();
    var consents = new ArrayList<Asked>();
    if (parts == null) {
      return consents;
    }
    if (group.isEmpty()) {
      faults.add(where, "nobody agrees to anything in a " + into.word());
      return consents;
    }
    if (parts.size() > MOST) {
      faults.add(where, "must not be more than " + MOST);
    }
    for (int i = 0; i < parts.size(); i++) {
      var part = parts.get(i);
      if (part == null) {
        faults.add(where + "/" + i, "must not be null");
      } else {
        consents.add(asked(part, group.get(), where + "/" + i));
      }
    }
    return consents;
  }

  private Asked asked(MappingBody.AskedPart part, String group, String where) {
    if (part.purpose() == null && part.by() == null) {
      faults.add(where + "/purpose", "say what for, or what tells one from another in by");
    }
    if (given(part.purposes()).size() > MOST_WORDS) {
      faults.add(where + "/purposes", "must not be more than " + MOST_WORDS);
    }
    var each = pointer(part.each() == null ? "" : part.each(), where + "/each");
    return new Asked(
        group,
        each == null ? JsonPointer.empty() : each,
        conditions(part.when(), where + "/when"),
        part.purpose(),
        part.by() == null ? List.of() : sources(part.by(), where + "/by"),
        given(part.purposes()),
        sources(part.given(), where + "/given"),
        part.text() == null ? List.of() : sources(part.text(), where + "/text"));
  }

  private List<Source> names(@Nullable List<@Nullable String> texts, String where) {
    var names = new ArrayList<Source>();
    for (int i = 0; texts != null && i < texts.size(); i++) {
      var name = source(texts.get(i), where + "/" + i);
      if (name != null) {
        names.add(name);
      }
    }
    return names;
  }

  private Optional<Target> target(String path, F into, String where) {
    var target = Target.of(path, into);
    if (target.isEmpty()) {
      faults.addUnknown(where, into.paths());
    }
    return target;
  }

  private List<Source> sources(@Nullable List<String> texts, String where) {
    var sources = new ArrayList<Source>();
    if (texts == null || texts.isEmpty()) {
      faults.add(where, "needs at least one place to take it from");
      return sources;
    }
    for (int i = 0; i < texts.size(); i++) {
      var source = source(texts.get(i), where + "/" + i);
      if (source != null) {
        sources.add(source);
      }
    }
    return sources;
  }

  private @Nullable Source source(@Nullable String text, String where) {
    try {
      return Source.of(text == null ? "" : text, words);
    } catch (IllegalArgumentException refused) {
      faults.add(where, String.valueOf(refused.getMessage()));
      return null;
    }
  }

  private List<Condition> conditions(@Nullable Map<String, List<String>> part, String where) {
    var conditions = new ArrayList<Condition>();
    given(part)
        .forEach(
            (text, values) -> {
              var source = source(text, Pointer.of(where, text));
              if (source != null) {
                conditions.add(new Condition(source, words(values)));
              }
            });
    return conditions;
  }

  private static Set<String> words(@Nullable List<? extends @Nullable String> values) {
    return values == null
        ? Set.of()
        : values.stream().filter(Objects::nonNull).collect(Collectors.toUnmodifiableSet());
  }

  private List<JsonPointer> pointers(@Nullable List<@Nullable String> texts, String where) {
    var pointers = new ArrayList<JsonPointer>();
    for (int i = 0; texts != null && i < texts.size(); i++) {
      var text = texts.get(i);
      var at = pointer(text == null ? "" : text, where + "/" + i);
      if (at != null) {
        pointers.add(at);
      }
    }
    return pointers;
  }

  private @Nullable JsonPointer pointer(String text, String where) {
    try {
      return JsonPointer.compile(text);
    } catch (IllegalArgumentException refused) {
      faults.add(where, "must be a JSON Pointer such as /payload/email");
      return null;
    }
  }

  private static <V> Map<String, V> given(@Nullable Map<String, V> part) {
    return part == null ? Map.of() : part;
  }
}
