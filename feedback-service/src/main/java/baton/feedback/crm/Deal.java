package baton.feedback.crm;

import baton.chassis.pseudonym.Pseudonyms;
import baton.contracts.ExternalId;
import baton.feedback.lead.LeadName;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a deal: of each field what was said last about it, and of its stage and status
 * all that was said. CRMs tell one change at a time, tell it again and tell it late; in whatever
 * order a deal's deliveries come, it ends up the same.
 */
public record Deal(SortedMap<String, Field> fields, SortedSet<Move> moves) {
  private static final int MOST_MOVES = 200;
  private static final Set<String> NO_FACTS =
      Set.of("id", "message", "occurredAt", "stage", "status");

  private static final String LEAD_ID = "leadId";
  private static final String NAME_OF_LEAD = "leadExternalId";

  /** Nothing is known. */
  public static final Deal UNKNOWN = new Deal(new TreeMap<>(), new TreeSet<>());

  /**
   * A field as it was said.
   *
   * @param by the delivery and the element that said it, which decides between two of one instant
   */
  public record Field(JsonNode value, Instant at, String by) {
    private static final Comparator<Field> IN_ORDER =
        Comparator.comparing(Field::at).thenComparing(Field::by);
  }

  /** Where it stood then; null is where nothing was said of it. */
  public record Move(Instant at, String by, @Nullable String stage, @Nullable String status)
      implements Comparable<Move> {
    private static final Comparator<Move> IN_ORDER =
        Comparator.comparing(Move::at).thenComparing(Move::by);

    @Override
    public int compareTo(Move other) {
      return IN_ORDER.compare(this, other);
    }
  }

  /** What it has become, and since when; null while nothing says it. */
  record Standing(@Nullable String result, Instant since) {}

  /** What one element says of a deal. */
  static Deal said(ObjectNode said, Instant at, String by) {
    var fields = new TreeMap<String, Field>();
    said.properties()
        .forEach(
            field -> {
              if (!NO_FACTS.contains(field.getKey())) {
                fields.put(field.getKey(), new Field(field.getValue(), at, by));
              }
            });
    var moves = new TreeSet<Move>();
    if (said.has("stage") || said.has("status")) {
      moves.add(
          new Move(at, by, Settings.text(said.get("stage")), Settings.text(said.get("status"))));
    }
    return new Deal(fields, moves);
  }

  /**
   * What is known by both together; an element read anew is as it was read last. Once the lead's
   * own id says whose it is, no other name of it is kept.
   */
  public Deal with(Deal other) {
    var all = new TreeMap<>(fields);
    other.fields.forEach(
        (name, field) ->
            all.merge(name, field, (a, b) -> Field.IN_ORDER.compare(a, b) > 0 ? a : b));
    if (all.containsKey(LEAD_ID)) {
      all.remove(NAME_OF_LEAD);
    }
    var both = new TreeSet<>(other.moves);
    both.addAll(moves);
    while (both.size() > MOST_MOVES) {
      both.pollFirst();
    }
    return new Deal(all, both);
  }

  /** Other stages that come to the same don't count: won is won since it was won. */
  Standing standing(Settings settings) {
    @Nullable String stage = null;
    @Nullable String status = null;
    @Nullable String result = null;
    var since = Instant.EPOCH;
    for (var move : moves) {
      stage = move.stage() == null ? stage : move.stage();
      status = move.status() == null ? status : move.status();
      var now = settings.outcome(text("pipeline"), stage, status);
      if (!Objects.equals(now, result)) {
        result = now;
        since = move.at();
      }
    }
    return new Standing(result, since);
  }

  @Nullable String text(String name) {
    return Settings.text(value(name));
  }

  /**
   * Of whom it speaks.
   *
   * @param otherwise what its lead goes by while nothing names it
   */
  public LeadName whose(ExternalId otherwise, Pseudonyms pseudonyms) {
    return Whose.name(value(LEAD_ID), value(NAME_OF_LEAD), otherwise, pseudonyms);
  }

  @Nullable JsonNode value(String name) {
    var field = fields.get(name);
    return field == null ? null : field.value();
  }
}
