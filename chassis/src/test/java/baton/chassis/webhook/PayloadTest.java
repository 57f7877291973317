package baton.chassis.webhook;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import baton.chassis.mapping.Mapping;
import baton.chassis.mapping.Piece;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadTest {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
  private static final List<JsonPointer> BATCH = pointers("/batch");
  private static final int MOST_BYTES = 1024 * 1024;

  @Test
  void a_bad_element_spoils_no_other() {
    var body =
        """
        {"sentAt": "now", "batch": [{"a": 1}, {"a": 1, "a": 2}, {"a": %s}, %s, {"a": "[\\"}"}]}
        """
            .formatted("9".repeat(41), "[".repeat(33) + "]".repeat(33));

    var read = said(body, BATCH);

    assertThat(read)
        .isEqualTo(
            List.of(
                "{\"a\":1}",
                "says the same key twice in one object",
                "has a number of more than 40 digits",
                "is nested deeper than 32",
                "{\"a\":\"[\\\"}\"}"));
  }

  @Test
  void an_element_knows_what_stands_around_it() throws IOException {
    var read = read("{\"sentAt\": 7, \"batch\": [{\"a\": 1}]}", BATCH).orElseThrow();

    assertThat(read.getFirst().around()).isEqualTo(JSON.readTree("{\"sentAt\": 7, \"batch\": []}"));
  }

  @Test
  void what_stands_around_elements_is_judged_once_for_them_all() {
    var twice = "{\"a\": 1, \"a\": 2, \"batch\": [{}, {}]}";
    var lists = "{\"batch\": [{}], \"batch\": [{}, {}]}";

    assertThat(List.of(said(twice, BATCH), said(lists, BATCH)))
        .containsOnly(List.of("says the same key twice in one object"));
  }

  @Test
  void a_list_within_a_bad_list_spoils_none_beside_it() {
    var body =
        """
        {"entry": [{"id": 1, "changes": [{"n": 1}, {"n": 2, "n": 3}]},
          {"id": 2, "id": 3, "changes": [{"n": 4}]}, {"changes": []}, {"id": 5}]}
        """;

    assertThat(said(body, pointers("/entry", "/changes")))
        .containsExactly(
            "{\"n\":1}",
            "says the same key twice in one object",
            "says the same key twice in one object",
            "{\"id\":5}");
  }

  static Stream<String> bodies() {
    return Stream.of(
        "{}",
        "[]",
        " [ 1 , \"two\" , null , [ ] , { } ] ",
        "\"text\"",
        "-1.5e3",
        "{\"batch\": 7}",
        "{\"b\\u0061tch\": [{\"x\": \"\\\\\"}, true]}",
        "{\"b\\u0061tc\": [1], \"b\\u0061tcht\": [2], \"\\batch\": [3], \"batch\\\\\": [4]}",
        "{\"a/b\\\\\\n\": [1, 2]}",
        "{\"other\": {\"batch\": [1]}, \"batch\": [[1, 2], {\"batch\": [3]}]}",
        "{\"ключ\": \"ä\\\"]}\", \"batch\": [\"ß\"]}",
        "\uFEFF{\"batch\": [1]}");
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void cutting_changes_nothing_of_what_can_be_read(String body) throws IOException {
    for (var each :
        List.of(
            List.<JsonPointer>of(),
            BATCH,
            pointers(""),
            pointers("/batch/0"),
            pointers("/a~1b\\\n"))) {
      var whole = JSON.readTree(body.replace("\uFEFF", ""));

      assertThat(read(body, each).orElseThrow().stream().map(Piece::node).toList())
          .isEqualTo(Mapping.elements(whole, each));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "no",
        "{",
        "}",
        "[1,]",
        "[1 2]",
        "{} {}",
        "{\"a\"}",
        "{\"a\": }",
        "{\"a\": 1,}",
        "{\"batch\": [{\"a\": tru}]}",
        "{\"batch\": [1}]",
        "{\"batch\": [\"a]}",
        "{\"batch\": [1,]}",
        "{\"batch\": [,1]}",
        "{\"batch\": [1]]}",
        "{batch: [1]}",
        "\"\\"
      })
  void what_is_no_json_as_a_whole_has_no_elements(String body) {
    assertThat(read(body, BATCH)).isEmpty();
  }

  @Test
  void other_encodings_are_read_whole() {
    var body = "{\"batch\": [1, 2]}".getBytes(UTF_16BE);

    assertThat(Payload.json(body, BATCH).orElseThrow()).hasSize(2);
  }

  static Stream<byte[]> bombs() {
    int half = MOST_BYTES / 2 - 50;
    return Stream.of(
            "[".repeat(half) + "]".repeat(half),
            "{\"a\":".repeat(MOST_BYTES / 6 - 20) + "1" + "}".repeat(MOST_BYTES / 6 - 20),
            "9".repeat(MOST_BYTES - 50),
            "{" + "\"a\":1,".repeat(MOST_BYTES / 6 - 20) + "\"a\":1}",
            "\"" + "a".repeat(MOST_BYTES - 50) + "\"",
            "1e" + "9".repeat(30),
            "1" + ",1".repeat(MOST_BYTES / 2 - 50),
            "{\"a\":1" + ",\"\\u0062atc\":1".repeat(MOST_BYTES / 15 - 50) + "}")
        .flatMap(
            element ->
                Stream.of(
                    "{\"batch\":[1," + element + "]}",
                    "{\"x\":" + element + ",\"batch\":[1]}",
                    element.replaceAll("}$", ",\"batch\":[1]}")))
        .filter(body -> !body.contains(":1,1") && !body.startsWith("1,1"))
        .map(body -> body.getBytes(UTF_8));
  }

  @ParameterizedTest
  @MethodSource("bombs")
  void bombs_are_answered_at_once(byte[] bomb) {
    var fastest =
        IntStream.range(0, 20)
            .mapToLong(
                _ -> {
                  long begun = System.nanoTime();
                  assertThat(Payload.json(bomb, BATCH)).isPresent();
                  return System.nanoTime() - begun;
                })
            .min()
            .orElseThrow();

    assertThat(Duration.ofNanos(fastest)).isLessThan(Duration.ofMillis(100));
  }

  @Test
  void more_elements_than_anybody_sends_are_refused_and_not_dropped() {
    var body = "{\"batch\": [1" + ",1".repeat(20_000) + "]}";

    assertThat(said(body, BATCH)).containsExactly("has more than 20000 elements");
  }

  @Test
  void what_cannot_be_shown_whole_is_shown_by_its_elements() throws IOException {
    var body = "{\"batch\": [{\"a\": 1}, {\"a\": 1, \"a\": 2}]}";

    assertThat(Payload.shown(each -> read(body, each), BATCH))
        .contains(JSON.readTree("[{\"a\": 1}, null]"));
  }

  private static Optional<List<Piece>> read(String body, List<JsonPointer> each) {
    return Payload.json(body.getBytes(UTF_8), each);
  }

  private static List<String> said(String body, List<JsonPointer> each) {
    return read(body, each).orElseThrow().stream()
        .map(piece -> piece.fault() == null ? piece.node().toString() : piece.fault().detail())
        .toList();
  }

  private static List<JsonPointer> pointers(String... pointers) {
    return Stream.of(pointers).map(JsonPointer::compile).toList();
  }
}
