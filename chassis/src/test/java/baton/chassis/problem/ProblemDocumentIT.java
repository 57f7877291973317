package baton.chassis.problem;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import baton.infrastructure.BatonTestResource;
import baton.infrastructure.Infrastructure;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(BatonTestResource.class)
class ProblemDocumentIT {
  private static final String ADMIN = Infrastructure.shared().key("admin");
  private static final String ID = "/orders/01980f5a-3c00-7000-8000-000000000001";

  interface Call extends Function<RequestSpecification, io.restassured.response.Response> {}

  static Stream<Arguments> refusals() {
    return Stream.of(
        row("nothing there", call -> call.get("/nowhere"), 404, "not-found"),
        row("nothing of that id", call -> call.get(ID), 404, "not-found"),
        row("an id that is none", call -> call.get("/orders/seven"), 404, "not-found"),
        row("another method", call -> call.delete("/orders"), 405, "method-not-allowed"),
        row(
            "another answer format",
            call -> call.accept("image/png").get("/orders"),
            406,
            "not-acceptable"),
        row("no content type", call -> posted(call, null, "{}"), 415, "unsupported"),
        row("a form", call -> posted(call, "text/plain", "a=1"), 415, "unsupported"),
        row("xml", call -> posted(call, "application/xml", "<a/>"), 415, "unsupported"),
        row(
            "a patch that isn't a merge patch",
            call -> call.contentType("application/json").body("{}").patch(ID),
            415,
            "unsupported"),
        row(
            "compressed",
            call -> posted(call.header("Content-Encoding", "gzip"), "application/json", "{}"),
            415,
            "unsupported"),
        row("no JSON", call -> json(call, "{oops"), 400, "malformed"),
        row(
            "no body",
            call -> call.contentType("application/json").post("/orders"),
            400,
            "malformed"),
        row(
            "a duplicate",
            call -> json(call, "{\"thing\":\"a\",\"thing\":\"b\"}"),
            400,
            "malformed"),
        row("a bad field", call -> json(call, "{\"thing\":5}"), 422, "invalid", "/thing"),
        row(
            "three bad fields",
            call -> json(call, "{\"pieces\":\"x\",\"thingg\":1}"),
            422,
            "invalid",
            "/pieces",
            "/thingg",
            "/thing"),
        row("a list", call -> json(call, "[]"), 422, "invalid", ""),
        row(
            "a bad idempotency key",
            call -> json(call.header("Idempotency-Key", "a".repeat(256)), "{\"thing\":\"a\"}"),
            400,
            "malformed"),
        row("too long a list", call -> call.get("/orders?limit=501"), 422, "invalid", "/limit"),
        row(
            "a limit that is none",
            call -> call.get("/orders?limit=many"),
            422,
            "invalid",
            "/limit"),
        row("a forged cursor", call -> call.get("/orders?cursor=abc"), 400, "malformed"),
        row(
            "a change without If-Match",
            call -> call.contentType("application/merge-patch+json").body("{}").patch(ID),
            428,
            "precondition-required"),
        row(
            "a stale change",
            call ->
                call.contentType("application/merge-patch+json")
                    .header("If-Match", "\"6\"")
                    .body("{}")
                    .patch(ID),
            412,
            "stale"),
        row("a conflict", call -> json(call, "{\"thing\":\"refused\"}"), 409, "conflict"),
        row("a bad statement", call -> call.get("/orders/failures/statement"), 500, "internal"),
        row("a constraint", call -> call.get("/orders/failures/constraint"), 409, "conflict"),
        row("a time-out", call -> call.get("/orders/failures/timeout"), 503, "unavailable"),
        row("an unfit value", call -> call.get("/orders/failures/unfit"), 400, "malformed"),
        row(
            "NUL in the address",
            call -> call.urlEncodingEnabled(false).get("/orders?cursor=%00"),
            400,
            "malformed"),
        row("an outage", call -> call.get("/orders/failures/wrapped"), 503, "unavailable"),
        row("a bug", call -> call.get("/orders/failures/bug"), 500, "internal"),
        row("not open to anybody", call -> call.get("/orders/unannotated"), 403, "forbidden"));
  }

  private static Arguments row(String what, Call call, int status, String type, String... fields) {
    return arguments(what, call, status, "urn:baton:problem:" + type, List.of(fields));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void is_refused_by_a_problem_document(
      String what, Call call, int status, String type, List<String> fields) {
    var response = call.apply(given().header("Authorization", "Bearer " + ADMIN));

    assertThat(response.statusCode()).as(response.asString()).isEqualTo(status);
    assertThat(response.contentType()).isEqualTo("application/problem+json");
    var document = response.jsonPath();
    assertThat(document.getString("type")).isEqualTo(type);
    assertThat(document.getInt("status")).isEqualTo(status);
    assertThat(document.getString("title")).isNotBlank();
    assertThat(document.getString("detail")).isNotBlank();
    assertThat(document.getList("errors.pointer", String.class)).isEqualTo(fields);
    assertThat(response.asString()).doesNotContain("ada").doesNotContain("Exception");
    assertThat(response.header("Retry-After") != null).isEqualTo(status == 503);
    assertThat(response.header("Allow") != null).isEqualTo(status == 405);
  }

  @ParameterizedTest
  @CsvSource({"/orders, 'GET, HEAD, POST'", ID + ", 'GET, HEAD, PATCH'"})
  void a_method_that_is_not_taken_hears_which_are(String path, String allowed) {
    var response = given().header("X-Api-Key", ADMIN).delete(path);

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.header("Allow")).isEqualTo(allowed);
  }

  @Test
  void without_a_key_the_answer_says_how_to_send_one() {
    var response = given().get("/orders");

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.contentType()).isEqualTo("application/problem+json");
    assertThat(response.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"baton\"");
  }

  @Test
  void a_role_that_may_not_is_told_so() {
    var response =
        given()
            .header("X-Api-Key", Infrastructure.shared().key("report"))
            .contentType("application/json")
            .body("{}")
            .post("/orders");

    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(response.contentType()).isEqualTo("application/problem+json");
  }

  @Test
  void a_command_of_64_KiB_is_read_and_one_byte_more_is_not() {
    var most = "{\"thing\":\"a\"" + " ".repeat(64 * 1024 - 13) + "}";

    var taken = json(given().header("X-Api-Key", ADMIN), most);
    var refused = json(given().header("X-Api-Key", ADMIN), most + " ");

    assertThat(taken.statusCode()).isEqualTo(201);
    assertThat(refused.statusCode()).isEqualTo(413);
    assertThat(refused.jsonPath().getString("type")).isEqualTo("urn:baton:problem:too-large");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 900000000000", "Transfer-Encoding: chunked"})
  void a_body_without_end_is_refused_before_it_ends(String framing) throws IOException {
    try (var socket = new Socket("127.0.0.1", RestAssured.port)) {
      socket.setSoTimeout(5_000);
      var out = socket.getOutputStream();
      out.write(
          ("POST /orders HTTP/1.1\r\nHost: baton\r\nContent-Type: application/json\r\n"
                  + "Authorization: Bearer "
                  + ADMIN
                  + "\r\n"
                  + framing
                  + "\r\n\r\n")
              .getBytes(UTF_8));
      if (framing.startsWith("Transfer")) {
        var chunk = ("10000\r\n" + " ".repeat(0x10000) + "\r\n").getBytes(UTF_8);
        out.write(chunk);
        out.write(chunk);
      }
      out.flush();

      var answer = new String(socket.getInputStream().readAllBytes(), UTF_8);

      assertThat(answer).startsWith("HTTP/1.1 413").contains("urn:baton:problem:too-large");
    }
  }

  static Stream<Arguments> oversizes() {
    return Stream.of(
        arguments("GET /orders?cursor=" + "a".repeat(9_000), "", 414, "address-too-long"),
        arguments("GET /" + "a".repeat(100_000), "", 414, "address-too-long"),
        arguments("DELETE /nowhere?" + "a".repeat(9_000), "", 414, "address-too-long"),
        arguments("GET /orders", "X-Long: " + "a".repeat(17_000), 431, "headers-too-large"),
        arguments(
            "GET /health/live", "X-A: 1\r\n".repeat(9_000) + "X-B: 2", 431, "headers-too-large"));
  }

  @ParameterizedTest(name = "{3}")
  @MethodSource("oversizes")
  void what_is_too_long_before_any_body_is_said_to_be(
      String requested, String header, int status, String type) throws IOException {
    var answer = raw(requested + " HTTP/1.1\r\nHost: baton\r\nConnection: close\r\n" + header);

    assertThat(answer)
        .startsWith("HTTP/1.1 " + status)
        .containsIgnoringCase("content-type: application/problem+json")
        .contains("urn:baton:problem:" + type);
  }

  @Test
  void an_address_of_8_KiB_is_looked_at() throws IOException {
    var answer =
        raw("GET /health/live?" + "a".repeat(8_000) + " HTTP/1.1\r\nHost: b\r\nConnection: close");

    assertThat(answer).startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GARBAGE", "GET", "GET /orders HTTP/x.y", "\u0001\u0002 / HTTP/1.1"})
  void what_is_not_HTTP_is_refused_and_cut_off(String line) throws IOException {
    assertThat(raw(line + "\r\nHost: baton")).matches("(?s)(HTTP/1\\.[01] 4\\d\\d .*)?");
  }

  private static String raw(String head) throws IOException {
    try (var socket = new Socket("127.0.0.1", RestAssured.port)) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write((head + "\r\n\r\n").getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  private static io.restassured.response.Response json(RequestSpecification call, String body) {
    return posted(call, "application/json", body);
  }

  private static io.restassured.response.Response posted(
      RequestSpecification call, @org.jspecify.annotations.Nullable String type, String body) {
    var typed = type == null ? call.noContentType() : call.contentType(type);
    return typed.body(body.getBytes(UTF_8)).post("/orders");
  }
}
