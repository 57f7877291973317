package baton.lead.imports;

import java.io.InputStream;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** A file that is kept in pieces, one of which is in memory. */
final class Pieces extends InputStream {
  private static final byte[] NOTHING = {};

  private final IntFunction<byte @Nullable []> pieces;
  private byte[] piece = NOTHING;
  private int number;
  private int at;
  private long read;

  /** Of the pieces by their numbers, null after the last. */
  Pieces(IntFunction<byte @Nullable []> pieces) {
    this.pieces = pieces;
  }

  /** How many bytes were read of all. */
  long position() {
    return read;
  }

  @Override
  public int read() {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int from, int length) {
    while (at == piece.length) {
      var next = pieces.apply(number);
      if (next == null) {
        return -1;
      }
      number++;
      piece = next;
      at = 0;
    }
    int taken = Math.min(length, piece.length - at);
    System.arraycopy(piece, at, into, from, taken);
    at += taken;
    read += taken;
    return taken;
  }
}
