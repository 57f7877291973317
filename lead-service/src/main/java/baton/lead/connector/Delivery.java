package baton.lead.connector;

import baton.chassis.problem.Fault;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What came of a delivery.
 *
 * @param number counts a connector's deliveries
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
    /** It only says that there is somebody; who it is has to be fetched. */
    AWAITING_ENRICHMENT,
    /** At least one element can't become what it should. */
    FAILED;

    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<State> of(String word) {
      return Arrays.stream(values()).filter(state -> state.word().equals(word)).findFirst();
    }
  }

  /**
   * What became of one element.
   *
   * @param outcome {@code captured}, {@code recognised}, {@code skipped}, {@code test}, {@code
   *     awaiting-enrichment}, {@code unsupported} or {@code refused}
   * @param errors why it was refused, in the words of the command it became
   */
  public record Element(String outcome, @Nullable UUID leadId, List<Fault> errors) {}
}
