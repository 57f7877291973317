package baton.lead;

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
  private static final String NOBODY = "01980f5a-3c00-7000-8000-000000000001";

  private final Pool pool;

  BadInputIT(Pool pool) {
    this.pool = pool;
  }

  interface Call extends Function<RequestSpecification, Response> {}

  static Stream<Arguments> bad() {
    return Stream.of(
        row("nobody in it", "capture", post("/leads", "{}"), 422, "/contact"),
        row(
            "all fields bad at once",
            "capture",
            post(
                "/leads",
                "{\"contact\":{\"email\":\"SECRET\",\"emial\":\"a@b.c\"},\"country\":\"SECRET\",\"origin\":\"SECRET\",\"qualified\":\"yes\",\"occurredAt\":\"SECRET\",\"landingPage\":5,\"externalIds\":[{\"system\":\"crm\"}],\"attributes\":[]}"),
            422,
            "/contact/email",
            "/contact/emial",
            "/country",
            "/origin",
            "/qualified",
            "/occurredAt",
            "/landingPage",
            "/externalIds/0/id",
            "/attributes"),
        row(
            "from the future",
            "capture",
            post(
                "/leads",
                "{\"contact\":{\"email\":\"ada@acme.example\"},\"occurredAt\":\"2126-01-01T00:00:00Z\"}"),
            422,
            "/occurredAt"),
        row(
            "before there was a web",
            "capture",
            post(
                "/leads",
                "{\"contact\":{\"email\":\"ada@acme.example\"},\"occurredAt\":\"1999-12-31T23:59:59Z\"}"),
            422,
            "/occurredAt"),
        row(
            "qualified when it is not",
            "capture",
            post(
                "/leads",
                "{\"contact\":{\"email\":\"ada@acme.example\"},\"qualifiedAt\":\"2026-01-01T00:00:00Z\"}"),
            422,
            "/qualifiedAt"),
        row(
            "a NUL",
            "capture",
            post(
                "/leads", "{\"contact\":{\"email\":\"ada@acme.example\",\"name\":\"A\\u0000da\"}}"),
            400),
        row(
            "half a character",
            "capture",
            post("/leads", "{\"contact\":{\"email\":\"ada@acme.example\",\"name\":\"\\ud83d\"}}"),
            400),
        row(
            "a null among external ids",
            "capture",
            post("/leads", "{\"externalIds\":[null]}"),
            422,
            "/externalIds/0"),
        row(
            "bad elements and empty texts beside bad fields",
            "capture",
            post(
                "/leads",
                "{\"contact\":\"\",\"consent\":[\"email\",5,null,[\"SECRET\"]],\"externalIds\":[null,\"SECRET\",{\"system\":\"crm\"}],\"utm\":\"\",\"clickIds\":\"\",\"qualified\":\"yes\",\"emial\":1}"),
            422,
            "/contact",
            "/consent/1",
            "/consent/2",
            "/consent/3",
            "/externalIds/0",
            "/externalIds/1",
            "/externalIds/2/id",
            "/utm",
            "/clickIds",
            "/qualified",
            "/emial"),
        row(
            "a number without end",
            "capture",
            post(
                "/leads",
                "{\"contact\":{\"email\":\"ada@acme.example\"},\"attributes\":{\"a\":1e999999}}"),
            400),
        row(
            "no json",
            "capture",
            call -> call.contentType("text/plain").body("{}").post("/leads"),
            415),
        row(
            "a key that is no key",
            "capture",
            call ->
                call.contentType("application/json")
                    .header("Idempotency-Key", "\u00e4")
                    .body("{\"contact\":{\"email\":\"ada@acme.example\"}}")
                    .post("/leads"),
            400),
        row("a touch of nobody", "capture", post("/touches", "{\"kind\":\"webinar\"}"), 422, ""),
        row(
            "a touch of an unknown lead",
            "capture",
            post(
                "/touches",
                "{\"leadId\":\"01980f5a-3c00-7000-8000-000000000001\",\"kind\":\"webinar\"}"),
            422,
            "/leadId"),
        row(
            "a touch of no kind",
            "capture",
            post("/touches", "{\"leadId\":\"seven\",\"kind\":[\"SECRET\"]}"),
            422,
            "/leadId",
            "/kind"),
        row(
            "a patch without If-Match",
            "marketing",
            call ->
                call.contentType("application/merge-patch+json")
                    .body("{}")
                    .patch("/leads/" + NOBODY),
            404),
        row(
            "a patch of unknown fields",
            "marketing",
            call ->
                call.contentType("application/merge-patch+json")
                    .header("If-Match", "*")
                    .body("{\"stage\":\"won\",\"contact\":{\"shoe\":1}}")
                    .patch("/leads/" + NOBODY),
            422,
            "/stage",
            "/contact/shoe"),
        row(
            "a patch that is a list",
            "marketing",
            call ->
                call.contentType("application/merge-patch+json")
                    .header("If-Match", "*")
                    .body("[]")
                    .patch("/leads/" + NOBODY),
            422,
            ""),
        row(
            "an unknown stage and time",
            "marketing",
            call -> call.get("/leads?stage=SECRET&updatedSince=SECRET"),
            422,
            "/stage",
            "/updatedSince"),
        row(
            "a time beyond time",
            "marketing",
            call ->
                call.urlEncodingEnabled(false)
                    .get("/leads?updatedSince=%2B999999999-12-31T23:59:59Z"),
            422,
            "/updatedSince"),
        row(
            "NUL in a search",
            "marketing",
            call -> call.urlEncodingEnabled(false).get("/leads?q=%00"),
            400),
        row("no limit at all", "marketing", call -> call.get("/leads?limit=SECRET"), 422, "/limit"),
        row(
            "another list's cursor",
            "marketing",
            call -> call.get("/leads?cursor=" + Cursor.of("SECRET")),
            400),
        row(
            "another list's cursor with a time",
            "marketing",
            call ->
                call.get(
                    "/leads?updatedSince=2026-01-01T00:00:00Z&cursor="
                        + Cursor.of("SECRET", "SECRET")),
            400),
        row("no id", "marketing", call -> call.get("/leads/seven"), 404),
        row(
            "a campaign that is wrong all over",
            "marketing",
            post(
                "/campaigns",
                "{\"nmae\":\"SECRET\",\"offer\":7,\"startsOn\":\"SECRET\",\"endsOn\":\"2026-02-30\",\"assets\":[\"a\",5],\"occurredAt\":\"1999-01-01T00:00:00Z\"}"),
            422,
            "/campaignId",
            "/nmae",
            "/offer",
            "/startsOn",
            "/endsOn",
            "/assets/1",
            "/occurredAt"),
        row(
            "a campaign that ends before it starts",
            "marketing",
            post(
                "/campaigns",
                "{\"campaignId\":\"bad\",\"startsOn\":\"2026-03-02\",\"endsOn\":\"2026-03-01\"}"),
            422,
            "/endsOn"),
        row(
            "spend of a campaign nobody named",
            "marketing",
            call ->
                call.contentType("application/json")
                    .body("{\"amount\":{\"amount\":\"1\",\"currency\":\"EUR\"}}")
                    .put("/campaigns/nobody/spend/2026-03-01"),
            404),
        row(
            "spend that is no money on no day",
            "marketing",
            call ->
                call.contentType("application/json")
                    .body(
                        "{\"amount\":{\"amount\":\"-1\",\"currency\":\"SECRET\"},\"kind\":\"SECRET\"}")
                    .put("/campaigns/nobody/spend/yesterday"),
            422,
            "/amount/amount",
            "/amount/currency",
            "/kind",
            "/date"),
        row(
            "a review that says nothing",
            "sales",
            post("/campaigns/nobody/reviews", "{\"verdict\":\"rejected\"}"),
            422,
            "/comment"),
        row(
            "a file of spend in no known letters",
            "marketing",
            call ->
                call.contentType("text/csv")
                    .body(new byte[] {'d', (byte) 0xFF, 'a'})
                    .post("/campaigns/spend?charset=utf-8"),
            400),
        row("not for this role", "capture", call -> call.get("/leads"), 403));
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
