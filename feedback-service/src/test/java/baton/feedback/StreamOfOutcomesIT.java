package baton.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import baton.contracts.Json;
import baton.infrastructure.BatonTestResource;
import baton.infrastructure.Infrastructure;
import com.fasterxml.jackson.databind.JsonNode;
import com.github.f4b6a3.uuid.UuidCreator;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@SuppressWarnings("NullAway.Init") // JUnit and Quarkus fill the fields
@QuarkusTest
@Timeout(60)
@QuarkusTestResource(BatonTestResource.class)
class StreamOfOutcomesIT {
  Infrastructure infrastructure;
  @TestHTTPResource URI root;

  private Api sales;
  private String suffix;

  @BeforeEach
  void begin() {
    sales = new Api(root, infrastructure.key("sales"));
    suffix = UuidCreator.getTimeOrderedEpoch().toString();
  }

  @Test
  void every_line_is_answered_in_its_order_and_a_bad_one_fails_alone() throws Exception {
    int lines = 5_000;
    var sent =
        IntStream.rangeClosed(1, lines)
            .mapToObj(i -> i % 10 == 0 ? bad(i) : line(i, "won"))
            .collect(Collectors.joining("\n"));

    var answers = answers(sent);

    assertThat(answers)
        .extracting(answer -> answer.path("line").asInt())
        .containsExactlyElementsOf(IntStream.rangeClosed(1, lines).boxed().toList());
    assertThat(answers)
        .allSatisfy(
            answer -> {
              int line = answer.path("line").asInt();
              assertThat(answer.path("status").asInt())
                  .isEqualTo(
                      line % 10 != 0 ? 201 : line % 30 == 0 ? 400 : line % 20 == 0 ? 413 : 422);
            });
  }

  @Test
  void a_later_line_corrects_an_earlier_one() throws Exception {
    var answers =
        answers(line(1, "opportunity") + "\n\n" + line(1, "won") + "\n" + line(1, "won") + "\n");

    assertThat(answers)
        .extracting(answer -> answer.path("status").asInt())
        .containsExactly(201, 200, 200);
    assertThat(answers)
        .extracting(answer -> answer.path("revision").asInt())
        .containsExactly(1, 2, 2);
  }

  @Test
  void a_line_is_answered_before_the_next_one_is_sent() throws Exception {
    try (var socket = new Socket(root.getHost(), root.getPort())) {
      socket.setSoTimeout(30_000);
      var sent = socket.getOutputStream();
      var answers = reader(socket.getInputStream());
      sent.write(
          """
          POST /outcomes/batch HTTP/1.1\r
          Host: localhost\r
          Authorization: Bearer %s\r
          Content-Type: application/x-ndjson\r
          Transfer-Encoding: chunked\r
          \r
          """
              .formatted(infrastructure.key("sales"))
              .getBytes(StandardCharsets.UTF_8));

      sent.write(chunk(line(1, "won") + "\n"));
      var first = nextAnswer(answers);
      sent.write(chunk(line(2, "won") + "\n"));
      var second = nextAnswer(answers);
      sent.write(chunk(""));

      assertThat(first.path("line").asInt()).isEqualTo(1);
      assertThat(second.path("line").asInt()).isEqualTo(2);
    }
  }

  private static byte[] chunk(String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    return (Integer.toHexString(bytes.length) + "\r\n" + text + "\r\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Passes over the head and the sizes of chunks. */
  private static JsonNode nextAnswer(BufferedReader answers) throws IOException {
    var line = answers.readLine();
    while (!line.startsWith("{")) {
      line = answers.readLine();
    }
    return json(line);
  }

  private List<JsonNode> answers(String lines) throws Exception {
    var response = sales.stream("/outcomes/batch", BodyPublishers.ofString(lines)).join();
    assertThat(response.statusCode()).isEqualTo(200);
    try (var answers = reader(response.body())) {
      return answers.lines().map(StreamOfOutcomesIT::json).toList();
    }
  }

  private static BufferedReader reader(java.io.InputStream body) {
    return new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
  }

  private static JsonNode json(String line) {
    try {
      return Json.mapper().readTree(line);
    } catch (IOException bad) {
      throw new UncheckedIOException(line, bad);
    }
  }

  private String line(int number, String result) {
    return """
    {"leadExternalId":{"system":"crm","id":"lead-%d-%s"},"result":"%s","externalId":{"system":"crm","id":"deal-%d-%s"}}\
    """
        .formatted(number, suffix, result, number, suffix);
  }

  private static String bad(int number) {
    if (number % 30 == 0) {
      return "{\"result\":";
    }
    return number % 20 == 0 ? "x".repeat(70_000) : "{\"result\":\"won\"}";
  }
}
