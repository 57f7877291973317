package baton.handoff;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import baton.chassis.paging.Cursor;
import baton.infrastructure.BatonTestResource;
import baton.infrastructure.Infrastructure;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Pool;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@QuarkusTest
@WithTestResource(BatonTestResource.class)
class BadInputIT {
  private final Pool pool;

  BadInputIT(Pool pool) {
    this.pool = pool;
  }

  interface Call extends Function<RequestSpecification, Response> {}

  static Stream<Arguments> bad() {
    return Stream.of(
        row(
            "a reason of nobody",
            "sales",
            post(
                "/handoffs/01980f5a-3c00-7000-8000-000000000001/reject",
                "{\"reason\":\"SECRET\",\"notes\":\"SECRET\"}"),
            422,
            "/reason",
            "/notes"),
        row(
            "no reason",
            "sales",
            post(
                "/handoffs/01980f5a-3c00-7000-8000-000000000001/return",
                "{\"until\":\"SECRET\",\"occurredAt\":\"SECRET\"}"),
            422,
            "/reason",
            "/until",
            "/occurredAt"),
        row(
            "until for ever",
            "sales",
            post(
                "/handoffs/01980f5a-3c00-7000-8000-000000000001/return",
                "{\"reason\":\"timing\",\"until\":\"+999999999-12-31T23:59:59Z\"}"),
            422,
            "/until"),
        row(
            "an attempt of no kind",
            "sales",
            post(
                "/handoffs/01980f5a-3c00-7000-8000-000000000001/attempts",
                "{\"channel\":\"SECRET!\",\"result\":\"SECRET\"}"),
            422,
            "/channel",
            "/result"),
        row(
            "an unknown handoff",
            "sales",
            post("/handoffs/01980f5a-3c00-7000-8000-000000000001/accept", "{}"),
            404),
        row("no handoff", "sales", post("/handoffs/seven/accept", "{}"), 404),
        row(
            "facts that are a list",
            "sales",
            post("/handoffs/01980f5a-3c00-7000-8000-000000000001/qualify", "{\"facts\":[1]}"),
            422,
            "/facts"),
        row(
            "reassigned to nobody",
            "sales-manager",
            post("/handoffs/01980f5a-3c00-7000-8000-000000000001/reassign", "{}"),
            422,
            "/seller"),
        row(
            "reassigned by who may not",
            "sales",
            post("/handoffs/01980f5a-3c00-7000-8000-000000000001/reassign", "{\"seller\":\"ada\"}"),
            403),
        row(
            "no JSON",
            "sales",
            post("/handoffs/01980f5a-3c00-7000-8000-000000000001/accept", "SECRET"),
            400),
        row(
            "unknown states",
            "sales",
            call -> call.get("/handoffs?state=SECRET&lead=SECRET"),
            422,
            "/state",
            "/lead"),
        row(
            "another list's cursor",
            "sales",
            call -> call.get("/handoffs?cursor=" + Cursor.of("SECRET")),
            400),
        row(
            "NUL in a filter",
            "sales",
            call -> call.urlEncodingEnabled(false).get("/handoffs?team=%00"),
            400),
        row("no limit", "sales", call -> call.get("/handoffs?limit=0"), 422, "/limit"),
        row(
            "a seller of nothing",
            "sales-manager",
            call ->
                call.contentType("application/json")
                    .body("{\"email\":\"SECRET\",\"weight\":-1,\"capacity\":\"many\",\"teams\":[]}")
                    .put("/sellers/ada"),
            422,
            "/name",
            "/email",
            "/weight",
            "/capacity",
            "/teams"),
        row(
            "a seller of an address",
            "sales-manager",
            call ->
                call.contentType("application/json")
                    .body("{\"name\":\"Ada\"}")
                    .put("/sellers/ada@acme.example"),
            422,
            "/sellerId"),
        row(
            "a weight beyond bounds",
            "sales-manager",
            call ->
                call.contentType("application/json")
                    .body("{\"name\":\"Ada\",\"weight\":1e99}")
                    .put("/sellers/ada"),
            422,
            "/weight"),
        row(
            "a null territory",
            "sales-manager",
            call ->
                call.contentType("application/json")
                    .body("{\"name\":\"Ada\",\"territories\":[null]}")
                    .put("/sellers/ada"),
            422,
            "/territories/0"),
        row(
            "bad elements beside bad fields",
            "sales-manager",
            call ->
                call.contentType("application/json")
                    .body(
                        "{\"territories\":[null,5,\"DE\",[\"SECRET\"]],\"personas\":\"\",\"weight\":\"SECRET\"}")
                    .put("/sellers/ada"),
            422,
            "/territories/0",
            "/territories/1",
            "/territories/3",
            "/personas",
            "/weight",
            "/name"),
        row(
            "a patch of nobody",
            "sales-manager",
            call ->
                call.contentType("application/merge-patch+json")
                    .body("{\"name\":\"Ada\"}")
                    .patch("/sellers/nobody"),
            404),
        row(
            "sellers active maybe",
            "sales-manager",
            call -> call.get("/sellers?active=maybe"),
            422,
            "/active"),
        row("sellers by who may not", "sales", call -> call.get("/sellers"), 403),
        row(
            "a subscription to nothing",
            "marketing",
            post(
                "/subscriptions",
                "{\"events\":[\"sla-met\",\"SECRET\",null],\"format\":\"SECRET\",\"secret\":\"SECRET\"}"),
            422,
            "/url",
            "/events/1",
            "/events/2",
            "/format",
            "/secret"),
        toAddress("https://127.0.0.1/SECRET"),
        toAddress("https://localhost:6443/"),
        toAddress("https://10.0.0.7/"),
        toAddress("https://169.254.169.254/latest/meta-data/"),
        toAddress("https://[::ffff:192.168.0.1]/"),
        toAddress("https://[64:ff9b::7f00:1]/"),
        toAddress("https://2130706433/"),
        toAddress("https://nobody.invalid/"),
        toAddress("https://SECRET:SECRET@93.184.215.14/"),
        toAddress("http://93.184.215.14/"),
        row("subscriptions by who may not", "sales", call -> call.get("/subscriptions"), 403),
        row(
            "again since never",
            "admin",
            post("/subscriptions/01980f5a-3c00-7000-8000-000000000001/redeliver", "{}"),
            422,
            "/since"),
        row(
            "deliveries in no state",
            "admin",
            call ->
                call.get(
                    "/subscriptions/01980f5a-3c00-7000-8000-000000000001/deliveries?state=SECRET"),
            422,
            "/state"),
        row(
            "a delivery of no number",
            "admin",
            post(
                "/subscriptions/01980f5a-3c00-7000-8000-000000000001/deliveries/SECRET/redeliver",
                "{}"),
            404));
  }

  private static Arguments toAddress(String url) {
    return row(
        "a subscription to " + url,
        "marketing",
        post("/subscriptions", "{\"url\":\"" + url + "\",\"events\":[\"sla-met\"]}"),
        422,
        "/url");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bad")
  void bad_input_is_refused_by_name_and_changes_nothing(
      String what, String role, Call call, int status, List<String> fields) {
    long before = rows();

    var response = call.apply(given().header("X-Api-Key", Infrastructure.shared().key(role)));

    assertThat(response.statusCode()).as(response.asString()).isEqualTo(status);
    assertThat(response.contentType()).isEqualTo("application/problem+json");
    assertThat(response.jsonPath().getString("type")).startsWith("urn:baton:problem:");
    assertThat(response.jsonPath().getList("errors.pointer", String.class))
        .containsExactlyInAnyOrderElementsOf(fields);
    assertThat(response.asString()).doesNotContain("SECRET");
    assertThat(rows()).isEqualTo(before);
  }

  /** Of all tables together but that of when keys were used, which is noted now and then. */
  private long rows() {
    return pool.query(
            """
            SELECT sum((xpath('/row/c/text()', query_to_xml(
              format('SELECT count(*) AS c FROM %I.%I', table_schema, table_name), false, true, '')
            ))[1]::text::bigint)::bigint
            FROM information_schema.tables
            WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
              AND table_name <> 'key_use'
            """)
        .execute()
        .await()
        .indefinitely()
        .iterator()
        .next()
        .getLong(0);
  }

  private static Arguments row(String what, String role, Call call, int status, String... fields) {
    return arguments(what, role, call, status, List.of(fields));
  }

  private static Call post(String path, String body) {
    return call -> call.contentType("application/json").body(body.getBytes(UTF_8)).post(path);
  }
}
