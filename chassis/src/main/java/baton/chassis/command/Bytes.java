package baton.chassis.command;

import baton.chassis.problem.Problem;

/**
 * What a JSON parser lets pass and PostgreSQL doesn't: NUL, lone surrogates (escaped or as bytes),
 * numbers with a monstrous exponent, and encodings other than UTF-8. One pass over the bytes,
 * before anything is parsed.
 */
final class Bytes {
  private static final int EXPONENT_DIGITS = 2;

  private Bytes() {}

  static void check(byte[] body) {
    boolean inString = false;
    for (int i = 0; i < body.length; i++) {
      byte b = body[i];
      if (b == 0) {
        throw Problem.malformed("The body holds a NUL character or isn't UTF-8.");
      } else if (b == (byte) 0xED && at(body, i + 1) >= 0xA0) {
        throw loneSurrogate();
      } else if (b == '"') {
        inString = !inString;
      } else if (inString && b == '\\') {
        i = escape(body, i + 1);
      } else if (!inString && (b == 'e' || b == 'E') && i > 0 && isDigit(body[i - 1])) {
        exponent(body, i + 1);
      }
    }
  }

  /** The index of the escape's last byte. */
  private static int escape(byte[] body, int at) {
    if (at(body, at) != 'u') {
      return at;
    }
    int unit = unit(body, at + 1);
    if (unit == 0) {
      throw Problem.malformed("The body holds a NUL character.");
    }
    if (unit >= 0xDC00 && unit <= 0xDFFF) {
      throw loneSurrogate();
    }
    if (unit >= 0xD800 && unit <= 0xDBFF) {
      int low = at(body, at + 5) == '\\' && at(body, at + 6) == 'u' ? unit(body, at + 7) : -1;
      if (low < 0xDC00 || low > 0xDFFF) {
        throw loneSurrogate();
      }
      return at + 10;
    }
    return at;
  }

  private static void exponent(byte[] body, int start) {
    int at = start;
    if (at(body, at) == '+' || at(body, at) == '-') {
      at++;
    }
    int digits = 0;
    while (isDigit((byte) at(body, at))) {
      at++;
      digits++;
    }
    if (digits > EXPONENT_DIGITS) {
      throw Problem.malformed("The body holds a number that is too large or too small.");
    }
  }

  /** Four hex digits, or -1, which the parser will complain of. */
  private static int unit(byte[] body, int at) {
    int unit = 0;
    for (int i = at; i < at + 4; i++) {
      int digit = Character.digit(at(body, i), 16);
      if (digit < 0) {
        return -1;
      }
      unit = unit * 16 + digit;
    }
    return unit;
  }

  private static int at(byte[] body, int i) {
    return i < body.length ? body[i] & 0xFF : 0;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private static Problem loneSurrogate() {
    return Problem.malformed("The body holds half a character (a lone surrogate).");
  }
}
