package baton.local.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import baton.charter.Agreement;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of {@code ./baton charter} against something that answers as the service would. */
class CharterCommandTest {
  private static final String REFUSED =
      """
      {"status": 422, "detail": "2 fields are not right; see errors.", "errors": [
        {"pointer": "/calendars/default/zone", "detail": "isn't a zone"},
        {"pointer": "", "detail": "is short"}]}
      """;

  @TempDir Path folder;

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final HttpServer service;
  private volatile int status = 200;
  private volatile String answer = "{}";

  private record Said(int status, String text) {}

  CharterCommandTest() throws IOException {
    service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @BeforeEach
  void start() throws IOException {
    service.createContext("/", this::answer);
    service.start();
    Files.writeString(
        folder.resolve("baton.json"),
        """
        {"services": {"handoff": {"url": "http://127.0.0.1:%d", "pid": 1}},
         "postgres": {"host": "127.0.0.1", "port": 8085, "user": "u", "password": "p", "databases": {}, "pid": 1},
         "keys": {"marketing": "M", "sales-manager": "S", "report": "R"}}
        """
            .formatted(service.getAddress().getPort()));
    var itself = ProcessHandle.current();
    Files.createDirectory(folder.resolve("run"));
    Files.writeString(
        folder.resolve("run/handoff.pid"),
        itself.pid() + " " + itself.info().startInstant().orElse(Instant.EPOCH) + "\n");
  }

  @AfterEach
  void end() {
    service.stop(0);
  }

  @Test
  void a_template_is_written_but_over_nothing() throws IOException {
    var file = folder.resolve("ours.yaml");

    var first = baton("charter", "init", "small-business", "--output", file.toString());
    var again = baton("charter", "init", "enterprise", "--output", file.toString());
    var none = baton("charter", "init", "huge", "--output", file.toString());

    assertThat(first.status()).isZero();
    assertThat(first.text()).contains("./baton charter propose " + file);
    assertThat(Files.readString(file)).isEqualTo(Agreement.template("small-business"));
    assertThat(again)
        .isEqualTo(new Said(1, "baton: " + file + " is there already; --force writes over it\n"));
    assertThat(none.text()).contains("b2b-inside-sales, enterprise, small-business");
    assertThat(baton("charter", "init", "enterprise", "--force", "-o", file.toString()).status())
        .isZero();
    assertThat(Files.readString(file)).isEqualTo(Agreement.template("enterprise"));
  }

  @Test
  void a_broken_charter_is_told_place_by_place() throws IOException {
    var file = Files.writeString(folder.resolve("charter.yaml"), "name: x\n");
    status = 422;
    answer = REFUSED;

    var said = baton("charter", "propose", file.toString(), "--data", folder.toString());

    assertThat(said)
        .isEqualTo(
            new Said(
                1,
                """
                where                    what is wrong
                ──────────────────────────────────────
                /calendars/default/zone  isn't a zone
                (whole)                  is short
                """));
    assertThat(asked).containsExactly("POST /charters M application/yaml name: x\n");
  }

  @Test
  void a_proposal_says_how_to_sign_it() throws IOException {
    var file = Files.writeString(folder.resolve("charter.json"), "{}");
    status = 201;
    answer = "{\"version\": 3, \"contentHash\": \"abc\"}";

    var said =
        baton(
            "charter",
            "propose",
            file.toString(),
            "--as",
            "sales-manager",
            "--data",
            folder.toString());

    assertThat(said.status()).isZero();
    assertThat(said.text())
        .contains("version 3 is proposed, content abc", "./baton charter sign 3 --side marketing");
    assertThat(asked).containsExactly("POST /charters S application/json {}");
  }

  @Test
  void a_side_signs_with_its_own_key_what_stands_there() {
    answer = "{\"version\": 3, \"contentHash\": \"abc\"}";

    var said = baton("charter", "sign", "3", "--side", "sales", "--data", folder.toString());

    assertThat(said.status()).isZero();
    assertThat(said.text()).contains("sales has signed version 3", "marketing has yet to");
    assertThat(asked)
        .containsExactly(
            "GET /charters/3 S null ",
            "POST /charters/3/signatures S application/json"
                + " {\"side\":\"sales\",\"contentHash\":\"abc\"}");
  }

  @Test
  void the_second_signature_says_from_when_it_is_in_force() {
    answer = "{\"contentHash\": \"abc\", \"effectiveFrom\": \"2027-01-01T00:00:00.000Z\"}";

    var said =
        baton(
            "charter",
            "sign",
            "3",
            "--side",
            "marketing",
            "--hash",
            "abc",
            "--data",
            folder.toString());

    assertThat(said.text()).contains("in force from 2027-01-01T00:00:00.000Z");
    assertThat(asked)
        .containsExactly(
            "POST /charters/3/signatures M application/json"
                + " {\"side\":\"marketing\",\"contentHash\":\"abc\"}");
  }

  @Test
  void a_difference_is_a_table_of_sentences() {
    answer =
        "{\"version\": 2, \"changes\": [{\"pointer\": \"/name\", \"sentence\": \"It changed.\"}]}";

    var said = baton("charter", "diff", "3", "--data", folder.toString());

    assertThat(said)
        .isEqualTo(
            new Said(
                0,
                """
                where  from version 2 to 3
                ──────────────────────────
                /name  It changed.
                """));
    assertThat(asked)
        .containsExactly("GET /charters/current R null ", "GET /charters/2/diff/3 R null ");
  }

  @Test
  void a_charter_is_shown_as_markdown() {
    answer = "# Ours\n";

    var said = baton("charter", "show", "3", "--data", folder.toString());

    assertThat(said).isEqualTo(new Said(0, "# Ours\n"));
    assertThat(baton("charter", "show", "third", "--data", folder.toString()).status()).isOne();
  }

  private void answer(HttpExchange exchange) throws IOException {
    var headers = exchange.getRequestHeaders();
    asked.add(
        String.join(
            " ",
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            Objects.requireNonNull(headers.getFirst("Authorization")).substring("Bearer ".length()),
            String.valueOf(headers.getFirst("Content-Type")),
            new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
    var body = answer.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    try (var out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private static Said baton(String... arguments) {
    var text = new ByteArrayOutputStream();
    var out = new PrintStream(text, true, UTF_8);
    var status = Commands.line(out, out).execute(arguments);
    return new Said(status, text.toString(UTF_8));
  }
}
