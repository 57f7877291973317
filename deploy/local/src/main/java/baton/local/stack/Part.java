package baton.local.stack;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What the stack is made of, in the order in which it starts. */
public enum Part {
  POSTGRES(5),
  KAFKA(6),
  LEAD(1),
  HANDOFF(2),
  FEEDBACK(3),
  REPORTING(4);

  /** Kafka's controller, which is in the broker's process. */
  static final int CONTROLLER = 7;

  private final int offset;

  Part(int offset) {
    this.offset = offset;
  }

  public static List<Part> services() {
    return Arrays.stream(values()).filter(Part::isService).toList();
  }

  public boolean isService() {
    return this != POSTGRES && this != KAFKA;
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public int port(int base) {
    return base + offset;
  }
}
