package baton.lead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import baton.contracts.Topic;
import baton.infrastructure.BatonTestResource;
import baton.infrastructure.Infrastructure;
import baton.lead.Callers.Answered;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init") // Quarkus fills the field
@QuarkusTest
@QuarkusTestResource(BatonTestResource.class)
class MergeIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String HOLD = "SELECT FROM lead WHERE id = '%s' FOR UPDATE";

  @Inject DataSource database;

  private final Callers marketing = Callers.with(Infrastructure.shared().key("marketing"));
  private final Callers tool = Callers.with(Infrastructure.shared().key("capture"));

  private String captured(String body) {
    return marketing.post("/leads", body).json().path("leadId").asText();
  }

  private Answered merge(String survivor, String absorbed, String... headers) {
    return marketing.post(
        "/leads/" + survivor + "/merge", "{\"absorb\": \"" + absorbed + "\"}", headers);
  }

  private Answered unmerge(String lead, Answered merge) {
    return marketing.post(
        "/leads/" + lead + "/unmerge",
        "{\"mergeId\": \"" + merge.json().path("mergeId").asText() + "\"}");
  }

  private String document(String lead) {
    return marketing.get("/leads/" + lead).body();
  }

  @Test
  void leads_merged_and_unmerged_are_what_they_were_to_the_byte() {
    var ada = captured("{\"contact\": {\"email\": \"ada@merge.example\", \"name\": \"Ada\"}}");
    var twin =
        captured(
            "{\"contact\": {\"phone\": \"+49 30 555021\"}, \"country\": \"GB\","
                + " \"touch\": {\"kind\": \"webinar\"}, \"attributes\": {\"size\": 7}}");
    var before = List.of(document(ada), document(twin));
    var scored = marketing.get("/leads/" + ada).json();

    var merged = merge(ada, twin);
    var together = List.of(document(ada), document(twin));
    var known = tool.post("/leads", "{\"contact\": {\"phone\": \"+49 30 555021\"}}").json();
    var touches = marketing.get("/leads/" + ada + "/score").status();
    var undone = unmerge(ada, merged);

    assertThat(merged.status()).as(merged.body()).isEqualTo(201);
    assertThat(merged.json().path("reason").asText()).isEqualTo("asked");
    assertThat(together.getFirst()).contains("+4930555021", "\"GB\"", "\"size\":7");
    assertThat(together.getLast()).contains("\"mergedInto\":\"" + ada + "\"");
    assertThat(known.path("leadId").asText()).isEqualTo(ada);
    assertThat(touches).isEqualTo(200);
    assertThat(undone.status()).as(undone.body()).isEqualTo(200);
    assertThat(document(twin)).isEqualTo(before.getLast());
    assertThat(marketing.get("/leads/" + ada).json().path("contact"))
        .isEqualTo(scored.path("contact"));
  }

  @Test
  void a_merge_that_nothing_followed_leaves_no_trace() {
    var ada = captured("{\"contact\": {\"email\": \"ada@trace.example\"}}");
    var twin = captured("{\"contact\": {\"email\": \"twin@trace.example\"}, \"country\": \"GB\"}");
    var third = captured("{\"externalIds\": [{\"system\": \"crm\", \"id\": \"trace\"}]}");
    var before = List.of(document(ada), document(twin), document(third));

    var first = merge(twin, third);
    var second = merge(ada, twin);
    var chained = List.of(document(twin), document(third));
    unmerge(twin, first);
    var parted = List.of(document(twin), document(third));
    unmerge(ada, second);

    assertThat(chained).allMatch(body -> body.contains("\"mergedInto\":\"" + ada + "\""));
    assertThat(parted.getFirst()).contains("\"mergedInto\":\"" + ada + "\"");
    assertThat(parted.getLast()).isEqualTo(before.getLast());
    assertThat(List.of(document(ada), document(twin), document(third))).isEqualTo(before);
    assertThat(marketing.get("/leads/" + twin + "/merges").json().path("items"))
        .extracting(merge -> merge.hasNonNull("undoneAt"))
        .containsExactly(true, true);
  }

  @Test
  void a_merge_is_published_under_both_keys_each_in_order() {
    var ada = captured("{\"contact\": {\"email\": \"ada@keys.example\"}}");
    var twin = captured("{\"contact\": {\"email\": \"twin@keys.example\"}}");

    unmerge(twin, merge(ada, twin));

    for (var lead : List.of(ada, twin)) {
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () ->
                  assertThat(
                          List.of(
                              sequences(Topic.LEAD_MERGED, lead),
                              sequences(Topic.LEAD_UNMERGED, lead)))
                      .containsExactly(List.of("3"), List.of("4")));
    }
  }

  private static List<String> sequences(Topic topic, String lead) {
    return Infrastructure.shared().read(topic).stream()
        .filter(record -> lead.equals(record.key()))
        .map(record -> new String(record.headers().lastHeader("ce_sequence").value()))
        .toList();
  }

  @Test
  void what_is_impossible_says_why() {
    var ada = captured("{\"contact\": {\"email\": \"ada@no.example\"}}");
    var twin = captured("{\"contact\": {\"email\": \"twin@no.example\"}}");
    var merge = merge(ada, twin, "Idempotency-Key", "merge-no");

    var again = merge(ada, twin, "Idempotency-Key", "merge-no");
    var twice = merge(ada, twin);
    var itself = merge(ada, ada);
    var nobody = merge(ada, "01930000-0000-7000-8000-000000000000");
    var nowhere = merge("01930000-0000-7000-8000-000000000000", ada);
    var nothing = marketing.post("/leads/" + ada + "/merge", "{}");
    var edited = marketing.patch("/leads/" + twin, "{\"country\": \"DE\"}", "If-Match", "\"1\"");
    var unknown = unmerge(captured("{\"contact\": {\"email\": \"z@no.example\"}}"), merge);
    unmerge(ada, merge);
    var undone = unmerge(ada, merge);

    assertThat(again.body()).isEqualTo(merge.body());
    assertThat(List.of(twice, itself, edited, undone))
        .extracting(Answered::status, answer -> answer.json().path("state").asText())
        .containsExactly(
            tuple(409, "absorbed"),
            tuple(409, "itself"),
            tuple(409, "absorbed"),
            tuple(409, "undone"));
    assertThat(List.of(nobody, nothing, unknown))
        .extracting(Answered::status, answer -> answer.json().at("/errors/0/pointer").asText())
        .containsExactly(tuple(422, "/absorb"), tuple(422, "/absorb"), tuple(422, "/mergeId"));
    assertThat(nowhere.status()).isEqualTo(404);
    assertThat(tool.post("/leads/" + ada + "/merge", "{}").status()).isEqualTo(403);
  }

  @Test
  void who_merged_is_noted() {
    var ada = captured("{\"contact\": {\"email\": \"ada@noted.example\"}}");
    var twin = captured("{\"contact\": {\"email\": \"twin@noted.example\"}}");

    unmerge(ada, merge(ada, twin));

    var admin = Callers.with(Infrastructure.shared().key("admin"));
    assertThat(admin.get("/audit?subject=" + ada).json().path("items"))
        .extracting(noted -> noted.path("act").asText())
        .containsExactly("lead.unmerged", "lead.merged");
  }

  @Test
  void captures_and_merges_that_race_lose_nothing() {
    var ada = captured("{\"contact\": {\"email\": \"ada@race.example\"}}");
    var twin = captured("{\"contact\": {\"email\": \"twin@race.example\"}}");
    var captures =
        IntStream.range(0, 60)
            .mapToObj(
                i ->
                    tool.send(
                        "POST",
                        "/leads",
                        "application/json",
                        "{\"contact\": {\"email\": \""
                            + (i % 2 == 0 ? "ada" : "twin")
                            + "@race.example\"}}"))
            .toList();

    for (int i = 0; i < 5; i++) {
      unmerge(ada, merge(ada, twin));
    }

    assertThat(captures).allSatisfy(capture -> assertThat(capture.join().status()).isEqualTo(200));
    assertThat(document(twin)).doesNotContain("mergedInto");
  }

  /** Else two who come by two names of merged leads would each hold one and wait for the other. */
  @Test
  void who_comes_by_one_name_of_merged_leads_holds_none_before_the_first() throws Exception {
    var ada = captured("{\"contact\": {\"email\": \"ada@circle.example\"}}");
    var twin = captured("{\"contact\": {\"email\": \"twin@circle.example\"}}");
    merge(ada, twin);
    var body = "{\"contact\": {\"email\": \"twin@circle.example\"}}";
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(HOLD.formatted(ada));

      var capture = tool.send("POST", "/leads", "application/json", body);

      await().atMost(Duration.ofSeconds(2)).untilAsserted(() -> assertThat(waiting()).isPositive());
      statement.execute(HOLD.formatted(twin) + " NOWAIT");
      connection.rollback();
      assertThat(capture.join().status()).isEqualTo(200);
    }
  }

  /** How many wait for somebody else's lock. */
  private long waiting() throws SQLException {
    try (var connection = database.getConnection();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                    + " AND datname = current_database()")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @Test
  void pairs_that_one_sender_named_as_one_are_listed() {
    var ada = captured("{\"contact\": {\"email\": \"ada@pair.example\"}}");
    var twin = captured("{\"contact\": {\"phone\": \"+49 30 555022\"}}");

    captured("{\"contact\": {\"email\": \"ada@pair.example\", \"phone\": \"+49 30 555022\"}}");

    var listed = marketing.get("/leads/duplicates?limit=500");
    assertThat(listed.json().path("items"))
        .as(listed.body())
        .filteredOn(pair -> pair.path("leadId").asText().equals(ada))
        .extracting(pair -> pair.path("otherId").asText(), pair -> pair.path("because").asText())
        .containsExactly(tuple(twin, "phone"));
    merge(ada, twin);
    assertThat(marketing.get("/leads/duplicates?limit=500").body()).doesNotContain(twin);
  }

  @Test
  void leads_of_one_name_at_one_company_are_listed_and_those_of_a_free_provider_are_not() {
    var grace = named("Grace  Hopper", "grace@namesake.example", null);
    var other = named("grace hopper", "g.hopper@elsewhere.example", "namesake.example");
    var free =
        List.of(named("Al Free", "al@gmail.com", null), named("Al Free", "a@gmail.com", null));
    var alone = named("Grace Hopper", "grace@third.example", null);

    await().atMost(SOON).untilAsserted(() -> assertThat(pairs("nameAndCompany")).contains(grace));

    assertThat(pairs("nameAndCompany"))
        .contains(other)
        .doesNotContain(alone)
        .doesNotContainAnyElementsOf(free);
  }

  private String named(String name, String email, @Nullable String domain) {
    var company = domain == null ? "" : ", \"company\": {\"domain\": \"%s\"}".formatted(domain);
    return captured(
        "{\"contact\": {\"name\": \"%s\", \"email\": \"%s\"}%s}".formatted(name, email, company));
  }

  /** Who is in a pair for this reason. */
  private List<String> pairs(String because) {
    var leads = new ArrayList<String>();
    for (var pair : marketing.get("/leads/duplicates?limit=500").json().path("items")) {
      if (pair.path("because").asText().equals(because)) {
        leads.add(pair.path("leadId").asText());
        leads.add(pair.path("otherId").asText());
      }
    }
    return leads;
  }
}
