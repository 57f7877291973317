package baton.chassis.table;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RowsTest {
  private static final Charset WINDOWS = Charset.forName("windows-1252");

  static Stream<Arguments> dialects() {
    return Stream.of(
        Arguments.of("plain", "Name,E-Mail\nZoë,zoe@acme.example\n".getBytes(UTF_8), null),
        Arguments.of(
            "Excel's UTF-8", "\uFEFFName;E-Mail\r\nZoë;zoe@acme.example\r\n".getBytes(UTF_8), null),
        Arguments.of(
            "Excel's Unicode text",
            "\uFEFFName\tE-Mail\r\nZoë\tzoe@acme.example\r\n".getBytes(UTF_16LE),
            null),
        Arguments.of(
            "the other Unicode text",
            "\uFEFFName\tE-Mail\nZoë\tzoe@acme.example".getBytes(UTF_16BE),
            null),
        Arguments.of(
            "Excel's CSV in Europe",
            "Name;E-Mail\r\nZoë;zoe@acme.example\r\n".getBytes(WINDOWS),
            WINDOWS),
        Arguments.of(
            "a mark goes before what is said",
            "\uFEFFName,E-Mail\nZoë,zoe@acme.example\n".getBytes(UTF_8),
            WINDOWS),
        Arguments.of(
            "a separator that is said",
            "sep=|\r\nName|E-Mail\r\nZoë|zoe@acme.example\r\n".getBytes(UTF_8),
            null),
        Arguments.of("an old Mac's", "Name,E-Mail\rZoë,zoe@acme.example\r".getBytes(UTF_8), null),
        Arguments.of(
            "quoted, with separators of others in the header",
            "\"Name\",\"E-Mail\"\n\"Zoë\",\"zoe@acme.example\"\n\n".getBytes(UTF_8),
            null));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dialects")
  void a_file_is_read_however_it_is_written(String what, byte[] file, @Nullable Charset declared)
      throws IOException {
    var rows = rows(file, declared);

    assertThat(rows.stream().map(Row::cells))
        .containsExactly(List.of("Name", "E-Mail"), List.of("Zoë", "zoe@acme.example"));
    assertThat(rows).allMatch(row -> row.fault() == null);
  }

  @Test
  void cells_hold_line_breaks_separators_and_quotes() throws IOException {
    var rows = rows("a,b\n\"one\r\ntwo\",\"he said \"\"no, never\"\"\"\n5\" pipe,x\n");

    assertThat(rows.get(1))
        .isEqualTo(new Row(2, List.of("one\ntwo", "he said \"no, never\""), null));
    assertThat(rows.get(2)).isEqualTo(new Row(4, List.of("5\" pipe", "x"), null));
  }

  @Test
  void blanks_between_a_closing_quote_and_what_ends_its_cell_are_nothing() throws IOException {
    var rows =
        all(
            Rows.of(
                new ByteArrayInputStream(
                    "\"Id\" ;\"Name\"\t;Note \n\"1\"  ;\"said \"\"no\"\" ; and\nwent\" ; a \"b\" \n"
                        .getBytes(UTF_8)),
                new Dialect("UTF-8", 0, ';', false)));
    var tabs =
        all(
            Rows.of(
                new ByteArrayInputStream("\"a\" \t\"b\"\t\n\"1\"\t\"2\" \t3\n".getBytes(UTF_8)),
                new Dialect("UTF-8", 0, '\t', false)));

    assertThat(rows)
        .containsExactly(
            new Row(1, List.of("Id", "Name", "Note "), null),
            new Row(2, List.of("1", "said \"no\" ; and\nwent", " a \"b\" "), null));
    assertThat(tabs)
        .containsExactly(
            new Row(1, List.of("a", "b", ""), null), new Row(2, List.of("1", "2", "3"), null));
  }

  @Test
  void words_after_a_closing_quote_cost_their_own_line_alone() throws IOException {
    var rows = rows("a,b\n\"1\" x,2\n\"3\",4\n");

    assertThat(rows.stream().skip(1))
        .containsExactly(
            new Row(2, List.of("\"1\" x,2"), "goes on after a closing quote"),
            new Row(3, List.of("3", "4"), null));
  }

  @Test
  void a_quote_that_is_never_closed_costs_its_own_line_alone() throws IOException {
    var rows = rows("a,b\n1,\"open\n2,x\n3,y\n");

    assertThat(rows.stream().skip(1))
        .containsExactly(
            new Row(2, List.of("1,\"open"), "opens a quote that is never closed"),
            new Row(3, List.of("2", "x"), null),
            new Row(4, List.of("3", "y"), null));
  }

  @Test
  void two_stray_quotes_swallow_no_row_between_them() throws IOException {
    var rows = rows("a,b\n1,\"open\n2,x\n\"3,y\n4,z\n");

    assertThat(rows.stream().skip(1).map(Row::line)).containsExactly(2L, 3L, 4L, 5L);
    assertThat(rows.stream().filter(row -> row.fault() != null).map(Row::line))
        .containsExactly(2L, 4L);
  }

  @Test
  void rows_of_another_width_are_refused_but_for_empty_cells_at_their_end() throws IOException {
    var rows = rows("a,b\n1\n1,2,3\n1,2,,\n,\n");

    assertThat(rows.stream().skip(1).map(Row::fault))
        .containsExactly(
            "has 1 cells where the header has 2", "has 3 cells where the header has 2", null, null);
  }

  @Test
  void what_is_not_of_the_charset_is_refused_alone() throws IOException {
    var rows = rows("a,b\nZo\u00EB,1\nAda,2\nN\0l,3\n".getBytes(ISO_8859_1), null);

    assertThat(rows.stream().skip(1).map(Row::fault))
        .containsExactly(
            "holds bytes that aren't UTF-8: say another charset", null, "holds a NUL character");
  }

  @Test
  void a_line_of_a_hundred_megabytes_takes_no_memory_and_costs_itself_alone() throws IOException {
    var before = used();

    var rows = all(Rows.of(new Endless("a,b\n1,x", 100_000_000, "\n2,y\n"), comma()));

    assertThat(rows.stream().map(Row::line)).containsExactly(1L, 2L, 3L);
    assertThat(rows.get(1).fault()).isEqualTo("is longer than 65536 characters");
    assertThat(rows.get(2).cells()).containsExactly("2", "y");
    assertThat(used() - before).isLessThan(20_000_000L);
  }

  @Test
  void a_quote_never_closed_in_a_hundred_megabytes_takes_no_memory() throws IOException {
    var before = used();

    var rows = all(Rows.of(new Endless("a,b\n1,\"x", 100_000_000, ""), comma()));

    assertThat(rows).hasSize(2);
    assertThat(rows.get(1).fault()).isNotNull();
    assertThat(used() - before).isLessThan(20_000_000L);
  }

  @Test
  void columns_of_one_name_are_told_apart() throws IOException {
    var columns = Columns.of(rows("Name,Name, Name ,\n").getFirst());

    assertThat(columns.names()).containsExactly("Name", "Name (2)", "Name (3)", "");
  }

  @Test
  void what_a_spreadsheet_would_run_is_written_harmless_and_read_as_it_was() {
    for (var cell : List.of("=1+1", "+49 30 901820", "-5", "@SUM(A1)", "\tx", "'tis", "Ada", "")) {
      var written = Cell.harmless(cell);

      assertThat(Cell.bare(written)).isEqualTo(cell);
      assertThat(written).doesNotMatch("[=+@\\t\\r\\n-].*");
    }
  }

  private static Dialect comma() {
    return new Dialect("UTF-8", 0, ',', false);
  }

  private static List<Row> rows(String file) throws IOException {
    return rows(file.getBytes(UTF_8), null);
  }

  private static List<Row> rows(byte[] file, @Nullable Charset declared) throws IOException {
    return all(Rows.of(new ByteArrayInputStream(file), Dialect.of(file, declared)));
  }

  private static List<Row> all(Rows rows) throws IOException {
    var all = new ArrayList<Row>();
    for (var row = rows.next(); row != null; row = rows.next()) {
      all.add(row);
    }
    return all;
  }

  private static long used() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  /** So many letters between a beginning and an end. */
  private static final class Endless extends InputStream {
    private final byte[] beginning;
    private final long letters;
    private final byte[] end;
    private long at;

    Endless(String beginning, long letters, String end) {
      this.beginning = beginning.getBytes(UTF_8);
      this.letters = letters;
      this.end = end.getBytes(UTF_8);
    }

    @Override
    public int read() {
      long here = at++;
      if (here < beginning.length) {
        return beginning[Math.toIntExact(here)];
      }
      long rest = here - beginning.length - letters;
      return rest < 0 ? 'x' : rest < end.length ? end[Math.toIntExact(rest)] : -1;
    }

    @Override
    public int read(byte[] into, int from, int length) {
      Objects.checkFromIndexSize(from, length, into.length);
      int read = 0;
      for (int one = read(); one >= 0; one = read < length ? read() : -1) {
        into[from + read++] = (byte) one;
      }
      return read == 0 ? -1 : read;
    }
  }
}
