package baton.lead.connector;

import baton.chassis.mapping.Mapping;
import baton.chassis.mapping.MappingBody;
import baton.chassis.mapping.MappingReader;
import baton.chassis.problem.Faults;
import baton.lead.tool.Into;
import baton.lead.tool.Kind;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** What holds for a tool until its operator says otherwise: one mapping per kind, as YAML. */
public final class DefaultMappings {
  private record Default(MappingBody body, Mapping<Into> mapping) {}

  private static final Map<Kind, Default> ALL = all();

  private DefaultMappings() {}

  /** As it is written. */
  public static MappingBody body(Kind kind) {
    return of(kind).body();
  }

  /** As it is read. */
  public static Mapping<Into> mapping(Kind kind) {
    return of(kind).mapping();
  }

  /** Reads mappings as they are written by hand. */
  static ObjectMapper yaml() {
    return new ObjectMapper(new YAMLFactory());
  }

  private static Default of(Kind kind) {
    return Objects.requireNonNull(ALL.get(kind));
  }

  private static Map<Kind, Default> all() {
    var yaml = yaml();
    var all = new EnumMap<Kind, Default>(Kind.class);
    for (var kind : Kind.values()) {
      var file = "/baton/lead/connector/" + kind.word() + ".yaml";
      try (var in = DefaultMappings.class.getResourceAsStream(file)) {
        var body = yaml.readValue(in, MappingBody.class);
        var faults = new Faults();
        var mapping = MappingReader.read(body, Into.values(), "", faults);
        if (faults.any()) {
          throw new IllegalStateException(file + ": " + faults.list());
        }
        all.put(kind, new Default(body, mapping));
      } catch (IOException unreadable) {
        throw new UncheckedIOException(file, unreadable);
      }
    }
    return all;
  }
}
