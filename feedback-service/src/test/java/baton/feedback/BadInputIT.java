package baton.feedback;

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
        row("nothing told", "sales", post("/outcomes", "{}"), 422, "/leadId", "/result"),
        row(
            "all fields bad at once",
            "sales",
            post(
                "/outcomes",
                "{\"leadId\":\"SECRET\",\"result\":\"SECRET\",\"amount\":{\"amount\":\"SECRET\",\"currency\":\"XXL\"},\"expectedClose\":\"2026-02-30\",\"seler\":\"SECRET\",\"externalId\":{\"system\":\"\"},\"occurredAt\":\"SECRET\"}"),
            422,
            "/leadId",
            "/result",
            "/amount/amount",
            "/amount/currency",
            "/expectedClose",
            "/seler",
            "/externalId/system",
            "/externalId/id",
            "/occurredAt"),
        row(
            "a reason of nobody",
            "sales",
            post(
                "/outcomes",
                "{\"leadId\":\"01980f5a-3c00-7000-8000-000000000001\",\"result\":\"lost\",\"reason\":\"SECRET\"}"),
            422,
            "/reason"),
        row(
            "a negative amount",
            "sales",
            post(
                "/outcomes",
                "{\"leadId\":\"01980f5a-3c00-7000-8000-000000000001\",\"result\":\"won\",\"amount\":{\"amount\":\"-1\",\"currency\":\"EUR\"}}"),
            422,
            "/amount/amount"),
        row(
            "an amount beyond numbers",
            "sales",
            post(
                "/outcomes",
                "{\"leadId\":\"01980f5a-3c00-7000-8000-000000000001\",\"result\":\"won\",\"amount\":{\"amount\":1e99,\"currency\":\"EUR\"}}"),
            422,
            "/amount/amount"),
        row(
            "a day before days",
            "sales",
            post(
                "/outcomes",
                "{\"leadId\":\"01980f5a-3c00-7000-8000-000000000001\",\"result\":\"opportunity\",\"expectedClose\":\"0000-01-01\"}"),
            422,
            "/expectedClose"),
        row(
            "feedback of nothing",
            "sales",
            post("/feedback", "{\"leadId\":\"01980f5a-3c00-7000-8000-000000000001\"}"),
            422,
            ""),
        row(
            "feedback all bad",
            "sales",
            post(
                "/feedback",
                "{\"rating\":6,\"reasons\":[\"SECRET\"],\"objections\":\"price\",\"painPoints\":[\"SECRET\"],\"nots\":\"SECRET\"}"),
            422,
            "/leadId",
            "/rating",
            "/reasons/0",
            "/objections",
            "/painPoints/0",
            "/nots"),
        row(
            "bad elements beside bad fields",
            "sales",
            post(
                "/feedback",
                "{\"reasons\":[5,null,\"SECRET\"],\"objections\":[{}],\"painPoints\":\"\",\"rating\":\"5\",\"handoffId\":\"\"}"),
            422,
            "/leadId",
            "/handoffId",
            "/reasons/0",
            "/reasons/1",
            "/reasons/2",
            "/objections/0",
            "/painPoints",
            "/rating"),
        row(
            "empty texts for objects",
            "sales",
            post("/outcomes", "{\"leadExternalId\":\"\",\"amount\":\"\",\"result\":\"\"}"),
            422,
            "/leadExternalId",
            "/amount",
            "/result",
            "/leadId"),
        row(
            "a step all bad",
            "sales",
            post(
                "/sales-steps",
                "{\"step\":\"SECRET\",\"channel\":\"S E\",\"seler\":\"SECRET\",\"externalId\":{\"id\":\"\"},\"occurredAt\":\"1999-12-31T00:00:00Z\"}"),
            422,
            "/leadId",
            "/step",
            "/channel",
            "/seler",
            "/externalId/system",
            "/externalId/id",
            "/occurredAt"),
        row(
            "a step to nobody for no reason",
            "sales",
            post(
                "/sales-steps",
                "{\"leadId\":\"01980f5a-3c00-7000-8000-000000000001\",\"step\":\"reassigned\",\"reason\":\"SECRET\"}"),
            422,
            "/seller",
            "/reason"),
        row(
            "unknown steps",
            "sales",
            call -> call.get("/sales-steps?state=X&step=Y"),
            422,
            "/state",
            "/step"),
        row(
            "a comment of nothing",
            "marketing",
            post("/comments", "{\"text\":\" \",\"seler\":1}"),
            422,
            "/leadId",
            "/text",
            "/seler"),
        row("comments on nobody", "sales", call -> call.get("/comments"), 422, "/leadId"),
        row(
            "objections backwards",
            "sales",
            call -> call.get("/objections?from=2026-02-01&to=2026-02-01"),
            422,
            "/to"),
        row(
            "objections of no day",
            "sales",
            call -> call.get("/objections?from=SECRET"),
            422,
            "/from"),
        row("an unknown state", "sales", call -> call.get("/outcomes?state=SECRET"), 422, "/state"),
        row("no lead", "sales", call -> call.get("/outcomes?leadId=SECRET"), 422, "/leadId"),
        row(
            "another list's cursor",
            "sales",
            call -> call.get("/outcomes?cursor=" + Cursor.of("SECRET")),
            400),
        row(
            "NUL in a filter",
            "sales",
            call -> call.urlEncodingEnabled(false).get("/outcomes?seller=%00"),
            400),
        row("no id", "sales", call -> call.get("/outcomes/seven"), 404),
        row(
            "not for this role",
            "capture",
            call -> call.contentType("application/json").body("{}").post("/outcomes"),
            403),
        row(
            "a body too long",
            "sales",
            post("/outcomes", "{\"reason\":\"" + "a".repeat(66_000) + "\"}"),
            413));
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
