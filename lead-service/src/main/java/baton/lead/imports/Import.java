package baton.lead.imports;

import baton.chassis.mapping.MappingBody;
import baton.chassis.table.Columns;
import baton.chassis.table.Dialect;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file that somebody sent, and how far it is.
 *
 * <pre>
 * receiving → waiting → running → done
 *                │         │  └──→ failed
 *                └────┬────┴────────┴──→ undoing → undone
 * </pre>
 *
 * @param keyId whose key sent it
 * @param source the one that key captures for; null for any
 * @param mapping as it was when the file came
 * @param problem why it failed; null unless it did
 */
public record Import(
    UUID importId,
    State state,
    String keyId,
    @Nullable String source,
    @Nullable String file,
    @Nullable String mappingName,
    MappingBody mapping,
    Dialect dialect,
    Columns columns,
    Instant receivedAt,
    long bytes,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable String problem,
    Progress progress,
    Pace pace,
    Undone undone) {

  /** How far a file is. */
  public enum State {
    RECEIVING,
    WAITING,
    RUNNING,
    DONE,
    FAILED,
    UNDOING,
    UNDONE;

    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static State of(String word) {
      return Arrays.stream(values())
          .filter(one -> one.word().equals(word))
          .findFirst()
          .orElseThrow();
    }
  }

  /**
   * What became of rows. {@code rows} is the sum of the other four.
   *
   * @param bytes of the file that were read for it
   */
  public record Progress(
      long rows, long bytes, long fresh, long recognised, long unchanged, long rejected) {
    public static final Progress NONE = new Progress(0, 0, 0, 0, 0, 0);
  }

  /**
   * Since when it is worked on this time, how many rows were done then, and when it was last heard
   * of.
   */
  public record Pace(@Nullable Instant takenAt, long rowsAtTaken, @Nullable Instant progressedAt) {}

  /**
   * How far undoing is.
   *
   * @param to the lead it got to; null at the beginning
   * @param kept leads that this import made and that others know by now
   */
  public record Undone(@Nullable UUID to, long retracted, long kept) {
    public static final Undone NOTHING = new Undone(null, 0, 0);
  }

  /** Rows a second, since it is worked on; none where nothing is known of it yet. */
  public Optional<Double> rate() {
    var from = pace.takenAt();
    var to = pace.progressedAt();
    long rows = progress.rows() - pace.rowsAtTaken();
    if (from == null || to == null || rows == 0 || !to.isAfter(from)) {
      return Optional.empty();
    }
    double seconds = Duration.between(from, to).toMillis() / 1000.0;
    return Optional.of(Math.round(rows / seconds * 10) / 10.0);
  }

  /** When all rows will be read, at this rate, if the rest of the file is like what was read. */
  public Optional<Instant> eta() {
    var at = pace.progressedAt();
    if (state != State.RUNNING || at == null || progress.bytes() == 0) {
      return Optional.empty();
    }
    double left = (double) progress.rows() * (bytes - progress.bytes()) / progress.bytes();
    return rate().map(rate -> at.plusMillis(Math.round(left / rate * 1000)));
  }
}
