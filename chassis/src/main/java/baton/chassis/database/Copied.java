package baton.chassis.database;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Rows in PostgreSQL's binary COPY format, in the making. They go over JDBC: the reactive client
 * doesn't know COPY.
 */
public final class Copied {
  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };

  private byte[] bytes = Arrays.copyOf(SIGNATURE, 1 << 16);
  private int size = SIGNATURE.length;
  private int rows;

  public int rows() {
    return rows;
  }

  /** Begins a row of so many fields, which follow in the order of the columns. */
  public Copied row(int fields) {
    rows++;
    room(2);
    small(fields);
    return this;
  }

  public Copied smallint(int value) {
    room(6);
    whole(2);
    small(value);
    return this;
  }

  public Copied integer(int value) {
    room(8);
    whole(4);
    whole(value);
    return this;
  }

  /** A null takes no room in a row. */
  public Copied unlessZero(int value) {
    return value == 0 ? none() : integer(value);
  }

  public Copied none() {
    room(4);
    whole(-1);
    return this;
  }

  public Copied uuid(UUID value) {
    room(20);
    whole(16);
    whole((int) (value.getMostSignificantBits() >>> 32));
    whole((int) value.getMostSignificantBits());
    whole((int) (value.getLeastSignificantBits() >>> 32));
    whole((int) value.getLeastSignificantBits());
    return this;
  }

  public Copied text(@Nullable String value) {
    return value == null ? none() : bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  public Copied bytes(byte[] value) {
    room(4 + value.length);
    whole(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
    return this;
  }

  /** Writes the rows, if any, to this table. */
  public void into(String table, Connection connection) throws SQLException {
    if (rows == 0) {
      return;
    }
    room(2);
    small(-1);
    var copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("COPY " + table + " FROM STDIN (FORMAT binary)");
    try {
      copy.writeToCopy(bytes, 0, size);
      copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  private void small(int value) {
    bytes[size++] = (byte) (value >>> 8);
    bytes[size++] = (byte) value;
  }

  private void whole(int value) {
    bytes[size++] = (byte) (value >>> 24);
    bytes[size++] = (byte) (value >>> 16);
    bytes[size++] = (byte) (value >>> 8);
    bytes[size++] = (byte) value;
  }

  private void room(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
