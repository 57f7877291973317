package baton.lead.imports;

import java.util.UUID;

/**
 * The ids of the leads, touches and passes that an import's rows make: version 7, with the import's
 * time, the row's number and the end of the import's own id. So a row that is read again after a
 * crash finds what it made before, and the leads of an import lie together.
 */
public record RowIds(UUID importId) {
  private static final long ENDING = (1L << 40) - 1;
  private static final int KIND = 40;
  private static final int ROW = 42;
  private static final long LOW_ROW = (1L << 20) - 1;
  private static final long LAST_ROW = (1L << 32) - 1;
  private static final long VARIANT = 1L << 63;
  private static final long VERSION = 0x7000L;
  private static final long TIME = ~0xFFFFL;
  private static final int HEX_DIGITS = 10;

  public UUID lead(long row) {
    return id(row, 0);
  }

  public UUID touch(long row) {
    return id(row, 1);
  }

  public UUID pass(long row) {
    return id(row, 2);
  }

  /** All ids lie between this one and {@link #last}; others of the same millisecond may, too. */
  public UUID first() {
    return id(0, 0);
  }

  public UUID last() {
    return id(LAST_ROW, 3);
  }

  /** How the ids of this import, and of no other, end as texts. */
  public String ending() {
    var text = importId.toString();
    return text.substring(text.length() - HEX_DIGITS);
  }

  public boolean has(UUID id) {
    return (id.getLeastSignificantBits() & ENDING) == (importId.getLeastSignificantBits() & ENDING);
  }

  private UUID id(long row, long kind) {
    long high = (importId.getMostSignificantBits() & TIME) | VERSION | (row >>> 20);
    long low =
        VARIANT
            | ((row & LOW_ROW) << ROW)
            | (kind << KIND)
            | (importId.getLeastSignificantBits() & ENDING);
    return new UUID(high, low);
  }
}
