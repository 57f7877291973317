package baton.chassis.table;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a file is written: what spreadsheets and CRMs call CSV.
 *
 * @param charset by its name
 * @param mark how many bytes at the beginning only tell the charset
 * @param separated whether its first line only tells the separator, as Excel's {@code sep=;}
 */
public record Dialect(String charset, int mark, char separator, boolean separated) {
  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final char[] SEPARATORS = {',', ';', '\t'};
  private static final String SEP = "sep=";

  /** Of a file that begins so; a mark goes before what was declared, and UTF-8 is the default. */
  public static Dialect of(byte[] beginning, @Nullable Charset declared) {
    var marked = marked(beginning);
    var charset = marked != null ? marked : declared != null ? declared : UTF_8;
    int mark = marked == null ? 0 : String.valueOf(BYTE_ORDER_MARK).getBytes(marked).length;
    var text = new String(beginning, mark, beginning.length - mark, charset);
    var first = text.lines().findFirst().orElse("");
    if (first.toLowerCase(Locale.ROOT).startsWith(SEP) && first.length() > SEP.length()) {
      return new Dialect(charset.name(), mark, first.charAt(SEP.length()), true);
    }
    return new Dialect(charset.name(), mark, separator(first), false);
  }

  /** A charset by any of its names; none where there is no such. */
  public static Optional<Charset> charset(String name) {
    try {
      return Optional.of(Charset.forName(name.strip()));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
      return Optional.empty();
    }
  }

  private static @Nullable Charset marked(byte[] beginning) {
    for (var charset : new Charset[] {UTF_8, UTF_16LE, UTF_16BE}) {
      var mark = String.valueOf(BYTE_ORDER_MARK).getBytes(charset);
      if (beginning.length >= mark.length
          && Arrays.equals(mark, 0, mark.length, beginning, 0, mark.length)) {
        return charset;
      }
    }
    return null;
  }

  /** The one that stands most often outside quotes in the header. */
  private static char separator(String header) {
    char best = ',';
    long most = 0;
    for (char candidate : SEPARATORS) {
      boolean quoted = false;
      long count = 0;
      for (char one : header.toCharArray()) {
        quoted ^= one == '"';
        count += !quoted && one == candidate ? 1 : 0;
      }
      if (count > most) {
        most = count;
        best = candidate;
      }
    }
    return best;
  }

  /** A file's text after what only tells its charset. Bytes that aren't of it become U+FFFD. */
  Reader reader(InputStream file) throws IOException {
    file.skipNBytes(mark);
    return new InputStreamReader(file, Charset.forName(charset));
  }
}
