package baton.feedback.crm;

import baton.chassis.problem.Fault;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What came of a delivery.
 *
 * @param number counts deliveries
 * @param version of the connector that read it last; null while it waits
 */
public record Delivery(
    String connectorId,
    long number,
    Instant receivedAt,
    State state,
    @Nullable Integer version,
    @Nullable Instant readAt,
    List<Element> elements) {

  /** How far a delivery is. */
  public enum State {
    /** It is kept and will be read. */
    RECEIVED,
    /** All of it was understood. */
    DONE,
    /** At least one element can't become what it should. */
    FAILED;

    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What became of one element.
   *
   * @param became {@code outcome}, {@code step}, {@code deal} (known better, but not yet how it
   *     stands), {@code skipped} or {@code refused}
   * @param id of the outcome or step
   * @param errors why it was refused, in the words of the command it became; or which fields were
   *     left out
   */
  public record Element(
      String became, @Nullable UUID id, @Nullable UUID leadId, List<Fault> errors) {
    static final Element SKIPPED = new Element("skipped", null, null, List.of());

    static Element refused(List<Fault> errors) {
      return new Element("refused", null, null, errors);
    }

    boolean isRefused() {
      return became.equals("refused");
    }
  }
}
