package baton.lead.connector;

import baton.chassis.problem.Faults;
import baton.lead.mapping.MappingBody;
import baton.lead.mapping.MappingReader;
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
  private static final Map<Kind, MappingBody> ALL = all();

  private DefaultMappings() {}

  public static MappingBody body(Kind kind) {
    return Objects.requireNonNull(ALL.get(kind));
  }

  /** Reads mappings as they are written by hand. */
  static ObjectMapper yaml() {
    return new ObjectMapper(new YAMLFactory());
  }

  private static Map<Kind, MappingBody> all() {
    var yaml = yaml();
    var all = new EnumMap<Kind, MappingBody>(Kind.class);
    for (var kind : Kind.values()) {
      var file = "/baton/lead/connector/" + kind.word() + ".yaml";
      try (var in = DefaultMappings.class.getResourceAsStream(file)) {
        var body = yaml.readValue(in, MappingBody.class);
        var faults = new Faults();
        MappingReader.read(body, "", faults);
        if (faults.any()) {
          throw new IllegalStateException(file + ": " + faults.list());
        }
        all.put(kind, body);
      } catch (IOException unreadable) {
        throw new UncheckedIOException(file, unreadable);
      }
    }
    return all;
  }
}
