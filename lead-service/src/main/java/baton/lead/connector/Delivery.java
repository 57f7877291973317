package baton.lead.connector;

import baton.chassis.problem.Fault;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What came of a delivery.
 *
 * @param number counts a connector's deliveries
 * @param version of the connector that read it last; null while it waits
 * @param attempts how often whom it announces was asked for in vain
 * @param dueAt when it is read, or asked for, next; null when it isn't
 * @param scrubbedAt since when nothing is left of what it said: somebody it told of was erased, or
 *     is known by digests alone
 */
public record Delivery(
    String connectorId,
    long number,
    Instant receivedAt,
    State state,
    @Nullable Integer version,
    @Nullable Instant readAt,
    int attempts,
    @Nullable Instant dueAt,
    @Nullable Instant scrubbedAt,
    List<Element> elements) {

  /**
   * Whether it told of people whom nobody knows, that they want no mail, and of nothing that could
   * be read another way: what is kept of it are digests.
   */
  public boolean spent() {
    return elements.stream().anyMatch(element -> element.outcome().equals(Element.AHEAD))
        && elements.stream().map(Element::outcome).allMatch(Element.SETTLED::contains);
  }

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
   * @param outcome {@code captured}, {@code recognised}, {@code changed}, {@code withdrawn}, {@code
   *     withdrawn-ahead} (nobody goes by what it says yet), {@code erased}, {@code unknown} (nobody
   *     to erase or change goes by what it says), {@code anonymous} (kept until somebody goes by
   *     what it says), {@code skipped}, {@code test}, {@code awaiting-enrichment} or {@code
   *     refused}
   * @param errors why it was refused, in the words of the command it became, or not fetched
   */
  public record Element(String outcome, @Nullable UUID leadId, List<Fault> errors) {
    static final String AWAITING = "awaiting-enrichment";
    static final String AHEAD = "withdrawn-ahead";
    private static final Set<String> SETTLED = Set.of(AHEAD, "withdrawn", "skipped", "test");

    static Element of(String outcome) {
      return new Element(outcome, null, List.of());
    }

    static Element of(String outcome, UUID leadId) {
      return new Element(outcome, leadId, List.of());
    }

    boolean awaits() {
      return outcome.equals(AWAITING);
    }
  }
}
