package baton.chassis.direct;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import baton.infrastructure.BatonTestResource;
import baton.infrastructure.Infrastructure;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.Socket;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@QuarkusTest
@WithTestResource(BatonTestResource.class)
class DirectCallsIT {
  private static final String SALES = Infrastructure.shared().key("sales");
  private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  interface Call extends Function<RequestSpecification, Response> {}

  static Stream<Arguments> refusals() {
    return Stream.of(
        arguments(
            "another role's key",
            (Call) call -> told(call.header("X-Api-Key", key("report")), "1"),
            403,
            "forbidden"),
        arguments(
            "a key nobody minted",
            (Call) call -> told(call.header("X-Api-Key", "baton_x"), "1"),
            401,
            "unauthenticated"),
        arguments(
            "a key as a password",
            (Call) call -> told(call.auth().preemptive().basic("", SALES), "1"),
            401,
            "unauthenticated"),
        arguments(
            "a text",
            (Call) call -> with(call, SALES).contentType("text/plain").body("1").post("/echo"),
            415,
            "unsupported"),
        arguments(
            "a patch",
            (Call)
                call ->
                    with(call, SALES)
                        .contentType("application/merge-patch+json")
                        .body("1")
                        .post("/echo"),
            415,
            "unsupported"),
        arguments(
            "for a picture",
            (Call) call -> told(with(call, SALES).accept("image/png"), "1"),
            406,
            "not-acceptable"),
        arguments(
            "too much",
            (Call) call -> told(with(call, SALES), "1".repeat(64 * 1024 + 1)),
            413,
            "too-large"),
        arguments(
            "what is thrown", (Call) call -> told(with(call, SALES), "\"throw\""), 500, "internal"),
        arguments(
            "what fails", (Call) call -> told(with(call, SALES), "\"fail\""), 500, "internal"),
        arguments(
            "what is refused",
            (Call) call -> told(with(call, SALES), "\"refuse\""),
            422,
            "invalid"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void is_refused_by_a_problem_document(String what, Call call, int status, String type) {
    var refused = call.apply(given());

    assertThat(refused.statusCode()).as(refused.asString()).isEqualTo(status);
    assertThat(refused.contentType()).isEqualTo("application/problem+json");
    assertThat(refused.jsonPath().getString("type")).isEqualTo("urn:baton:problem:" + type);
    assertThat(refused.asString()).doesNotContain("SECRET");
    assertThat(refused.header("WWW-Authenticate") != null).isEqualTo(status == 401);
  }

  @Test
  void a_call_says_who_makes_it_and_in_which_trace() {
    var answer =
        told(
            with(given(), SALES)
                .header("traceparent", TRACE)
                .header("Idempotency-Key", "once")
                .accept("text/html, application/json;q=0.9"),
            "{\"a\": 1}");

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.contentType()).isEqualTo("application/json");
    assertThat(answer.header("Location")).isEqualTo("/echo/1");
    assertThat(answer.jsonPath().<String, Object>getMap(""))
        .isEqualTo(Map.of("length", 8, "by", "sales", "key", "once", "trace", TRACE));
  }

  @Test
  void a_call_without_a_body_has_an_empty_one() {
    var answer = with(given(), SALES).contentType("application/json").post("/echo");

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.jsonPath().getInt("length")).isZero();
  }

  @Test
  void a_body_may_come_in_parts() throws IOException {
    try (var socket = new Socket("127.0.0.1", RestAssured.port)) {
      var head =
          "POST /echo HTTP/1.1\r\nHost: baton\r\nContent-Type: application/json\r\nConnection: close\r\n"
              + "Transfer-Encoding: chunked\r\nX-Api-Key: "
              + SALES
              + "\r\n\r\n";
      socket.getOutputStream().write((head + "3\r\n{\"a").getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
      socket.getOutputStream().write("\r\n4\r\n\":1}\r\n0\r\n\r\n".getBytes(ISO_8859_1));

      var answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);

      assertThat(answer).startsWith("HTTP/1.1 201").contains("\"length\":7");
    }
  }

  private static Response told(RequestSpecification call, String body) {
    return call.contentType("application/json").body(body).post("/echo");
  }

  private static RequestSpecification with(RequestSpecification call, String key) {
    return call.header("X-Api-Key", key);
  }

  private static String key(String role) {
    return Infrastructure.shared().key(role);
  }
}
