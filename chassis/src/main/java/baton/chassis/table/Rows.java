package baton.chassis.table;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file's rows, one after the other, in the same memory however long the file or a line of it is.
 * A quote that is opened and never closed costs the line it stands in and no other: reading goes on
 * with the next one.
 */
public final class Rows {
  /** What a row may have, in characters, its line breaks included. */
  public static final int LONGEST = 64 * 1024;

  private static final int SHOWN = 1000;
  private static final int BUFFER = 8 * 1024;
  private static final char QUOTE = '"';
  private static final char UNREADABLE = '\uFFFD';

  private record Line(long number, String text, boolean overlong) {}

  private final Reader file;
  private final Dialect dialect;
  private final CsvReader.CsvReaderBuilder cells;
  private final Deque<Line> ahead = new ArrayDeque<>();
  private final char[] buffer = new char[BUFFER];
  private final StringBuilder text = new StringBuilder();
  private int next;
  private int filled;
  private long number;
  private int width = -1;

  private Rows(Reader file, Dialect dialect) {
    this.file = file;
    this.dialect = dialect;
    this.cells =
        CsvReader.builder()
            .fieldSeparator(dialect.separator())
            .skipEmptyLines(false)
            .allowExtraCharsAfterClosingQuote(false)
            .allowUnclosedQuote(false);
  }

  /** Of a file that was just opened; the first row is the header. */
  public static Rows of(InputStream file, Dialect dialect) throws IOException {
    var rows = new Rows(dialect.reader(file), dialect);
    if (dialect.separated()) {
      rows.line();
    }
    return rows;
  }

  /** The next row, null at the end. All rows after the first are to be as wide as it is. */
  public @Nullable Row next() throws IOException {
    var first = line();
    while (first != null && isBlank(first)) {
      first = line();
    }
    if (first == null) {
      return null;
    }
    var row = row(first);
    if (width < 0 && row.fault() == null) {
      width = row.cells().size();
    }
    return row;
  }

  private Row row(Line first) throws IOException {
    if (first.overlong()) {
      return at(first, "is longer than " + LONGEST + " characters");
    }
    var further = new ArrayList<Line>();
    var whole = new StringBuilder(first.text());
    boolean open = isOpen(first.text(), false);
    while (open) {
      var line = line();
      if (line != null) {
        further.add(line);
      }
      if (line == null || line.overlong() || whole.length() + line.text().length() >= LONGEST) {
        return alone(first, further, "opens a quote that is never closed");
      }
      whole.append('\n').append(line.text());
      open = isOpen(line.text(), true);
    }
    try {
      var fields = fitting(cells.ofSingleCsvRecord(withoutBlanksAfterQuotes(whole.toString())));
      if (width >= 0 && fields.size() != width) {
        var fault = "has %d cells where the header has %d".formatted(fields.size(), width);
        return alone(first, further, fault);
      }
      if (whole.indexOf("\0") >= 0) {
        return at(first, "holds a NUL character");
      }
      return whole.indexOf(String.valueOf(UNREADABLE)) < 0
          ? new Row(first.number(), fields, null)
          : at(first, "holds bytes that aren't " + dialect.charset() + ": say another charset");
    } catch (CsvParseException broken) {
      return alone(first, further, "goes on after a closing quote");
    }
  }

  /** Spreadsheets take a cell that says {@code "Id" } for {@code "Id"}. */
  private String withoutBlanksAfterQuotes(String row) {
    if (row.indexOf("\" ") < 0 && row.indexOf("\"\t") < 0) {
      return row;
    }
    var kept = new StringBuilder(row.length());
    boolean quoted = false;
    boolean begins = true;
    for (int i = 0; i < row.length(); i++) {
      char one = row.charAt(i);
      kept.append(one);
      if (!quoted) {
        quoted = begins && one == QUOTE;
        begins = one == dialect.separator();
      } else if (one == QUOTE && i + 1 < row.length() && row.charAt(i + 1) == QUOTE) {
        kept.append(row.charAt(++i));
      } else if (one == QUOTE) {
        quoted = false;
        int end = i + 1;
        while (end < row.length() && isBlank(row.charAt(end))) {
          end++;
        }
        boolean closes = end == row.length() || row.charAt(end) == dialect.separator();
        i = closes ? end - 1 : i;
      }
    }
    return kept.toString();
  }

  private boolean isBlank(char one) {
    return one == ' ' || one == '\t' && dialect.separator() != '\t';
  }

  /** Empty cells beyond the header are what spreadsheets leave of deleted columns. */
  private List<String> fitting(CsvRecord record) {
    var fields = record.getFields();
    int end = fields.size();
    while (width >= 0 && end > width && fields.get(end - 1).isBlank()) {
      end--;
    }
    return fields.subList(0, end);
  }

  /** Refuses the first line; those that seemed to belong to it are read again for themselves. */
  private Row alone(Line first, List<Line> further, String fault) {
    further.reversed().forEach(ahead::addFirst);
    return at(first, fault);
  }

  private static Row at(Line line, String fault) {
    var shown = line.overlong() ? line.text().substring(0, SHOWN) : line.text();
    return new Row(line.number(), List.of(shown), fault);
  }

  private boolean isBlank(Line line) {
    return !line.overlong()
        && line.text().isBlank()
        && line.text().indexOf(dialect.separator()) < 0;
  }

  /**
   * Whether a cell goes on in the next line. A quote within a cell that began without is a sign.
   */
  private boolean isOpen(String line, boolean within) {
    boolean quoted = within;
    boolean begins = !within;
    for (int i = 0; i < line.length(); i++) {
      char one = line.charAt(i);
      if (quoted) {
        boolean doubled = one == QUOTE && i + 1 < line.length() && line.charAt(i + 1) == QUOTE;
        quoted = one != QUOTE || doubled;
        i += doubled ? 1 : 0;
      } else {
        quoted = begins && one == QUOTE;
        begins = one == dialect.separator();
      }
    }
    return quoted;
  }

  private @Nullable Line line() throws IOException {
    var before = ahead.pollFirst();
    if (before != null) {
      return before;
    }
    text.setLength(0);
    boolean any = false;
    boolean overlong = false;
    for (int one = read(); one >= 0; one = read()) {
      any = true;
      if (one == '\n') {
        break;
      }
      if (one == '\r') {
        if (peek() == '\n') {
          next++;
        }
        break;
      }
      if (text.length() < LONGEST) {
        text.append((char) one);
      } else {
        overlong = true;
      }
    }
    return any ? new Line(++number, text.toString(), overlong) : null;
  }

  private int read() throws IOException {
    int one = peek();
    next++;
    return one;
  }

  private int peek() throws IOException {
    if (next >= filled) {
      filled = file.read(buffer, 0, BUFFER);
      next = 0;
    }
    return filled <= 0 ? -1 : buffer[next];
  }
}
