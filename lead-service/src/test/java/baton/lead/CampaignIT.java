package baton.lead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import baton.contracts.Campaign;
import baton.contracts.Json;
import baton.contracts.Topic;
import baton.infrastructure.BatonTestResource;
import baton.infrastructure.Infrastructure;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(BatonTestResource.class)
class CampaignIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final Callers marketing = Callers.with(Infrastructure.shared().key("marketing"));
  private final Callers sales = Callers.with(Infrastructure.shared().key("sales"));
  private final Callers tool = Callers.with(Infrastructure.shared().key("capture"));

  @Test
  void a_campaign_is_planned_reviewed_changed_and_its_whole_document_published() {
    var soon = today().plusDays(10);
    var planned =
        marketing.post(
            "/campaigns",
            """
            {"campaignId": "it-story", "name": "Story", "offer": "white paper", "message": "No lead is lost",
             "audience": "IT directors", "owner": "grete", "channel": "Paid Search", "source": "google",
             "startsOn": "%s", "assets": ["white-paper.pdf"], "personas": ["it-director"],
             "occurredAt": "2026-11-20T09:00:00Z"}
            """
                .formatted(soon));
    var approved = sales.post("/campaigns/it-story/reviews", "{\"verdict\": \"approved\"}");
    var changed =
        marketing.patch("/campaigns/it-story", "{\"offer\": \"an audit\"}", "If-Match", "\"2\"");
    var rejected =
        sales.post(
            "/campaigns/it-story/reviews",
            "{\"verdict\": \"rejected\", \"comment\": \"Nobody can audit in May\"}",
            "If-Match",
            "\"3\"");
    var spent = spend("/campaigns/it-story/spend/2026-03-01", "12.50", "EUR", "");

    assertThat(planned.status()).as(planned.body()).isEqualTo(201);
    assertThat(planned.header("Location")).isEqualTo("/campaigns/it-story");
    assertThat(state(planned)).isEqualTo("planned");
    assertThat(approved.status()).as(approved.body()).isEqualTo(201);
    assertThat(state(approved)).isEqualTo("approved");
    assertThat(changed.status()).as(changed.body()).isEqualTo(200);
    assertThat(state(changed)).isEqualTo("in-review");
    assertThat(state(rejected)).isEqualTo("rejected");
    assertThat(spent.header("ETag")).isEqualTo("\"5\"");
    var read = sales.get("/campaigns/it-story").json();
    assertThat(read.path("reviews").findValuesAsText("comment"))
        .containsExactly("Nobody can audit in May");
    assertThat(read.path("reviews").findValuesAsText("holds")).containsExactly("false", "true");
    await().atMost(SOON).untilAsserted(() -> assertThat(told("it-story")).hasSize(5));
    var last = told("it-story").getLast();
    assertThat(last.revision()).isEqualTo(5);
    assertThat(last.offer()).isEqualTo("an audit");
    assertThat(last.startsOn()).isEqualTo(soon);
    assertThat(last.announcedAt()).isEqualTo("2026-11-20T09:00:00Z");
    assertThat(last.announcedUnder()).isZero();
    assertThat(last.personas()).containsExactly("it-director");
    assertThat(last.spend()).hasSize(1);
    assertThat(Json.bytes(last)).asString().doesNotContain("audit in May");
  }

  @Test
  void what_a_lead_named_first_is_filled_in() {
    tool.post(
        "/leads", "{\"contact\": {\"email\": \"s@stub.example\"}, \"campaign\": \"it-stub\"}");

    var stub = marketing.get("/campaigns/it-stub");
    var filled =
        marketing.post("/campaigns", "{\"campaignId\": \"it-stub\", \"name\": \"Filled\"}");
    var again = marketing.post("/campaigns", "{\"campaignId\": \"it-stub\", \"name\": \"Other\"}");

    assertThat(stub.json().path("stub").asBoolean()).isTrue();
    assertThat(filled.status()).as(filled.body()).isEqualTo(200);
    assertThat(filled.json().path("stub").asBoolean()).isFalse();
    assertThat(filled.header("ETag")).isEqualTo("\"2\"");
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.json().path("state").asText()).isEqualTo("planned");
  }

  @Test
  void the_same_key_plans_one_campaign() {
    var body = "{\"campaignId\": \"it-once\"}";

    var first = marketing.post("/campaigns", body, "Idempotency-Key", "it-once");
    var second = marketing.post("/campaigns", body, "Idempotency-Key", "it-once");

    assertThat(second.status()).isEqualTo(201);
    assertThat(second.body()).isEqualTo(first.body());
  }

  @Test
  void the_same_day_told_again_changes_nothing_and_another_amount_takes_its_place() {
    plan("it-spend", "");

    spend("/campaigns/it-spend/spend/2026-03-01", "10", "EUR", "");
    var same = spend("/campaigns/it-spend/spend/2026-03-01", "10.00", "EUR", "");
    spend("/campaigns/it-spend/spend/2026-03-01", "3", "EUR", ", \"kind\": \"other\"");
    var other = spend("/campaigns/it-spend/spend/2026-03-01", "11", "USD", "");

    assertThat(same.header("ETag")).isEqualTo("\"2\"");
    assertThat(other.header("ETag")).isEqualTo("\"4\"");
    assertThat(other.json().path("spend").toString())
        .isEqualTo(
            "[{\"date\":\"2026-03-01\",\"amount\":{\"amount\":\"11.00\",\"currency\":\"USD\"},\"kind\":\"media\"},"
                + "{\"date\":\"2026-03-01\",\"amount\":{\"amount\":\"3.00\",\"currency\":\"EUR\"},\"kind\":\"other\"}]");
  }

  @Test
  void a_file_of_spend_is_taken_whole_or_not_at_all() {
    plan("it-file", "");
    var good =
        """
        date,campaign,amount,currency
        2026-03-01,it-file,10.10,EUR
        2026-03-01,it-file,0.40,EUR
        2026-03-02,it-file-unknown,7,USD
        """;

    var refused = file(good + "2026-03-03,it-file,x,EUR\n2026-03-04,it-file,1,EURO\n");
    var untouched = marketing.get("/campaigns/it-file");
    var taken = file(good);
    var again = file(good);

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().path("errors").findValuesAsText("pointer"))
        .containsExactly("/lines/5/amount", "/lines/6/currency");
    assertThat(untouched.json().path("spend")).isEmpty();
    assertThat(taken.status()).as(taken.body()).isEqualTo(200);
    assertThat(taken.json().path("stubs").toString()).isEqualTo("[\"it-file-unknown\"]");
    assertThat(again.json().path("changed")).isEmpty();
    assertThat(marketing.get("/campaigns/it-file").json().path("cost").toString())
        .isEqualTo("[{\"kind\":\"media\",\"amount\":{\"amount\":\"10.50\",\"currency\":\"EUR\"}}]");
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              assertThat(told("it-file").getLast().spend()).hasSize(1);
              assertThat(told("it-file-unknown").getLast().stub()).isTrue();
            });
  }

  @Test
  void the_calendar_goes_by_first_day_and_is_narrowed_by_what_is_asked() {
    var day = today();
    plan("it-cal-live", dates(day.minusDays(5), day));
    plan("it-cal-ended", dates(day.minusDays(9), day.minusDays(1)));
    plan("it-cal-later", dates(day.plusDays(40), day.plusDays(60)));
    plan("it-cal-open", dates(day.plusDays(3), null));
    plan("it-cal-undated", "");

    assertThat(ids("q=IT-CAL"))
        .containsExactly(
            "it-cal-ended", "it-cal-live", "it-cal-open", "it-cal-later", "it-cal-undated");
    assertThat(ids("q=it-cal&state=live")).containsExactly("it-cal-live");
    assertThat(ids("q=it-cal&state=ended")).containsExactly("it-cal-ended");
    assertThat(ids("q=it-cal&from=" + day + "&to=" + day.plusDays(30)))
        .containsExactly("it-cal-live", "it-cal-open");
    assertThat(ids("q=it-cal&owner=nobody")).isEmpty();
    assertThat(ids("q=it_cal")).isEmpty();
  }

  @Test
  void pages_go_on_where_they_ended() {
    IntStream.range(0, 5).forEach(i -> plan("it-page-" + i, i < 3 ? dates(today(), null) : ""));

    var seen = new ArrayList<String>();
    var next = "";
    while (next != null) {
      var page = marketing.get("/campaigns?q=it-page&limit=2" + next).json();
      seen.addAll(page.path("items").findValuesAsText("campaignId"));
      next = page.hasNonNull("next") ? "&cursor=" + page.path("next").asText() : null;
    }

    assertThat(seen)
        .containsExactly("it-page-0", "it-page-1", "it-page-2", "it-page-3", "it-page-4");
  }

  @Test
  void each_side_does_its_own() {
    plan("it-sides", dates(today().minusDays(1), null));

    assertThat(
            marketing.post("/campaigns/it-sides/reviews", "{\"verdict\": \"approved\"}").status())
        .isEqualTo(403);
    assertThat(sales.post("/campaigns", "{\"campaignId\": \"it-sales\"}").status()).isEqualTo(403);
    assertThat(tool.get("/campaigns").status()).isEqualTo(403);
    var late = sales.post("/campaigns/it-sides/reviews", "{\"verdict\": \"approved\"}");
    assertThat(late.status()).isEqualTo(409);
    assertThat(late.json().path("state").asText()).isEqualTo("live");
    assertThat(
            sales
                .post(
                    "/campaigns/it-sides/reviews",
                    "{\"verdict\": \"commented\", \"comment\": \"Nice\"}")
                .status())
        .isEqualTo(201);
  }

  @Test
  void a_change_needs_the_tag_of_what_it_changes() {
    plan("it-tag", "");

    var without = marketing.patch("/campaigns/it-tag", "{\"offer\": \"x\"}");
    var stale = marketing.patch("/campaigns/it-tag", "{\"offer\": \"x\"}", "If-Match", "\"7\"");
    var nobody = marketing.patch("/campaigns/it-none", "{\"offer\": \"x\"}", "If-Match", "\"1\"");

    assertThat(without.status()).isEqualTo(428);
    assertThat(stale.status()).isEqualTo(412);
    assertThat(nobody.status()).isEqualTo(404);
    assertThat(marketing.get("/campaigns/it-none").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/campaigns?state=moon",
        "/campaigns?from=2026-03-02&to=2026-03-01",
        "/campaigns?from=March",
        "/campaigns?limit=501"
      })
  void what_cannot_be_asked_is_refused(String path) {
    assertThat(marketing.get(path).status()).isEqualTo(422);
  }

  @Test
  void two_at_once_plan_one_campaign() {
    var answers =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    marketing.send(
                        "POST",
                        "/campaigns",
                        "application/json",
                        "{\"campaignId\": \"it-race\", \"name\": \"" + i + "\"}"))
            .toList();

    assertThat(answers.stream().map(answer -> answer.join().status()))
        .containsOnlyOnce(201)
        .containsOnly(201, 409);
  }

  private void plan(String id, String dates) {
    var planned = marketing.post("/campaigns", "{\"campaignId\": \"" + id + "\"" + dates + "}");
    assertThat(planned.status()).as(planned.body()).isEqualTo(201);
  }

  private static String dates(LocalDate from, @org.jspecify.annotations.Nullable LocalDate to) {
    return ", \"startsOn\": \"" + from + "\"" + (to == null ? "" : ", \"endsOn\": \"" + to + "\"");
  }

  private Callers.Answered spend(String path, String amount, String currency, String more) {
    return marketing
        .send(
            "PUT",
            path,
            "application/json",
            "{\"amount\": {\"amount\": \"%s\", \"currency\": \"%s\"}%s}"
                .formatted(amount, currency, more))
        .join();
  }

  private Callers.Answered file(String lines) {
    return marketing.send("POST", "/campaigns/spend", "text/csv", lines).join();
  }

  private List<String> ids(String query) {
    return marketing.get("/campaigns?" + query).json().path("items").findValuesAsText("campaignId");
  }

  private static String state(Callers.Answered answered) {
    JsonNode body = answered.json();
    return body.path("state").asText();
  }

  private static LocalDate today() {
    return LocalDate.now(ZoneOffset.UTC);
  }

  private static List<Campaign> told(String campaign) {
    return Infrastructure.shared().read(Topic.CAMPAIGN).stream()
        .filter(record -> campaign.equals(record.key()))
        .map(
            record -> {
              try {
                return Json.mapper().readValue(record.value(), Campaign.class);
              } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
              }
            })
        .toList();
  }
}
