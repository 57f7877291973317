package baton.charter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Charters that tests start from. */
public final class Documents {
  private Documents() {}

  /** The example in which every key stands. */
  public static String example() {
    try (var in = Documents.class.getResourceAsStream("/charter-example.yaml")) {
      return new String(
          java.util.Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  public static Agreement good(String yaml) {
    return switch (read(yaml)) {
      case Read.Good(var agreement) -> agreement;
      case Read.Faulty(var faults) -> throw new AssertionError(faults);
    };
  }

  public static Read read(String yaml) {
    return Agreement.read(yaml.getBytes(StandardCharsets.UTF_8), Form.YAML);
  }

  public static List<Fault> faults(String yaml) {
    return read(yaml) instanceof Read.Faulty(var faults) ? faults : List.of();
  }
}
