package baton.handoff;

import static baton.handoff.Office.NINE;
import static baton.handoff.Office.as;
import static baton.handoff.Office.handoffOf;
import static baton.handoff.Office.handoffsOf;
import static baton.handoff.Office.hire;
import static baton.handoff.Office.id;
import static baton.handoff.Office.sendEverybodyHome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import baton.chassis.charter.Charters;
import baton.chassis.database.Transactions;
import baton.contracts.Company;
import baton.contracts.LeadQualified;
import baton.handoff.pass.Handoffs;
import baton.infrastructure.BatonTestResource;
import baton.infrastructure.telling.Qualified;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
    value = BatonTestResource.class,
    initArgs = @ResourceArg(name = "database", value = "handoff"))
@TestProfile(UnderCharter.class)
class RoutingIT {
  static final Duration SOON = Duration.ofSeconds(60);
  static final String DACH = "\"team\": \"dach\"";
  static final String INSIDE = "\"team\": \"inside\"";

  @Inject Handoffs handoffs;
  @Inject Transactions transactions;
  @Inject Charters charters;

  @BeforeEach
  void nobody_is_there_yet_and_the_charter_assigns() {
    sendEverybodyHome();
    if (charters.versionAt(NINE) == 0) {
      UnderCharter.sign(charters, 1, "assign");
    }
  }

  @Test
  void the_first_rule_that_holds_names_the_team_and_the_reason_says_so() {
    hire("dora", DACH);
    hire("ivan", INSIDE);
    var enterprise = lead("A", "DE", null, null);
    var small = lead("B", "DE", null, null);

    open(List.of(enterprise, small));

    routed(enterprise, "dora", "rule dach-a, team dach: the only eligible seller");
    routed(small, "ivan", "rule rest, team inside: the only eligible seller");
  }

  @Test
  void a_company_stays_with_whoever_held_it_last_until_he_refuses_it() {
    hire("ina", INSIDE);
    hire("ivan", INSIDE);
    var first = lead(null, "FR", "acme-" + id() + ".example", null);
    open(List.of(first));
    var owner = sellerOf(first);
    var other = owner.equals("ina") ? "ivan" : "ina";

    var colleague = lead(null, "FR", companyOf(first), null);
    open(List.of(colleague));
    routed(colleague, owner, "rule rest, team inside: stays with the owner of its company");

    as("sales-manager")
        .body("{\"seller\": \"" + other + "\"}")
        .post("/handoffs/" + handoffOf(colleague.leadId()) + "/reassign")
        .then()
        .statusCode(200);
    var third = lead(null, "FR", companyOf(first), null);
    open(List.of(third));

    routed(third, other, "rule rest, team inside: stays with the owner of its company");
  }

  @Test
  void a_turn_is_given_back_for_a_bad_lead_and_for_no_other() {
    hire("rex", INSIDE);
    hire("rita", INSIDE);
    var leads = some(4);
    open(leads);
    var bad = leads.stream().filter(each -> sellerOf(each).equals("rita")).toList();
    reject(bad.get(0), "spam");
    reject(bad.get(1), "existing-customer");

    var after = some(9);
    open(after);

    assertThat(taken(after)).isEqualTo(Map.of("rex", 4, "rita", 5));
  }

  @Test
  void who_waits_for_one_team_does_not_hold_up_another_and_all_go_in_order() {
    var dach = IntStream.range(0, 520).mapToObj(i -> lead("A", "DE", null, null)).toList();
    var inside = some(3);
    open(dach);
    open(inside);
    handoffsOf(inside.getFirst().leadId())
        .then()
        .body("items[0].state", equalTo("unassigned"))
        .body(
            "items[0].routing",
            equalTo("nobody eligible: there is no active seller in team inside"));

    hire("late", INSIDE + ", \"capacity\": 2");

    await().atMost(SOON).untilAsserted(() -> assertThat(taken(inside)).containsEntry("late", 2));
    handoffsOf(inside.getLast().leadId()).then().body("items[0].state", equalTo("unassigned"));
    reject(inside.getFirst(), "spam");
    await().atMost(SOON).untilAsserted(() -> assertThat(taken(inside)).containsEntry("late", 3));
    hire("dora", DACH);
    await().atMost(SOON).untilAsserted(() -> assertThat(taken(dach)).containsEntry("dora", 520));
  }

  @Test
  void who_is_out_of_office_gets_nothing_until_he_is_back() {
    hire(
        "away", INSIDE + ", \"outOfOffice\": [{\"from\": \"2020-01-01\", \"to\": \"2099-12-31\"}]");
    var lead = lead(null, "FR", null, null);
    open(List.of(lead));
    handoffsOf(lead.leadId())
        .then()
        .body(
            "items[0].routing",
            equalTo("nobody eligible: of 1 active seller in team inside 1 out of office"));

    as("sales-manager")
        .body("{\"outOfOffice\": null}")
        .patch("/sellers/away")
        .then()
        .statusCode(200);

    await().atMost(SOON).untilAsserted(() -> assertThat(taken(List.of(lead))).hasSize(1));
  }

  /** Two instances hear overlapping batches at once, and one restarts in the middle. */
  @Test
  void transactions_of_two_instances_interleave_and_every_team_stays_fair() {
    hire("dina", DACH + ", \"weight\": 3");
    hire("dora", DACH + ", \"weight\": 1.5");
    hire("ina", INSIDE + ", \"weight\": 1");
    hire("ivan", INSIDE + ", \"weight\": 0.3");
    var dach = IntStream.range(0, 450).mapToObj(i -> lead("A", "AT", null, null)).toList();
    var inside = some(650);
    var all = new ArrayList<LeadQualified>();
    IntStream.range(0, 650)
        .forEach(
            i -> {
              all.add(inside.get(i));
              if (i < 450) {
                all.add(dach.get(i));
              }
            });
    var before = taken(dach, inside);

    var hearings =
        IntStream.range(0, 22)
            .mapToObj(
                i ->
                    transactions
                        .run(
                            tx ->
                                handoffs
                                    .open(
                                        tx,
                                        all.subList(i / 2 * 100, Math.min(i / 2 * 100 + 150, 1100)))
                                    .invoke(
                                        () -> {
                                          if (i % 5 == 0) {
                                            throw new IllegalStateException("crashed");
                                          }
                                        }))
                        .onFailure(IllegalStateException.class)
                        .recoverWithNull()
                        .subscribeAsCompletionStage())
            .toList();
    hearings.forEach(hearing -> hearing.join());
    open(all);

    assertThat(before).isEmpty();
    within(taken(dach), Map.of("dina", 3.0, "dora", 1.5), 450);
    within(taken(inside), Map.of("ina", 1.0, "ivan", 0.3), 650);
  }

  @Test
  void where_the_crm_assigns_baton_watches_and_says_what_it_would_have_done() {
    int next = charters.versionAt(NINE) + 1;
    UnderCharter.sign(charters, next, "observe");
    try {
      hire("crm", INSIDE);
      hire("own", INSIDE);
      var named = lead(null, "FR", null, "crm");
      var unnamed = lead(null, "FR", null, null);
      open(List.of(named, unnamed));

      handoffsOf(named.leadId())
          .then()
          .body("items[0].sellerId", equalTo("crm"))
          .body(
              "items[0].routing", startsWith("the CRM assigned it; Baton would have given it to "));
      handoffsOf(unnamed.leadId())
          .then()
          .body("items[0].sellerId", nullValue())
          .body("items[0].routing", containsString("Baton would have given it to"));
    } finally {
      UnderCharter.sign(charters, next + 1, "assign");
    }
  }

  @Test
  void a_lead_goes_by_the_charter_that_made_it_an_mql_whatever_is_in_force_by_now() {
    hire("ivan", INSIDE);
    var lead = lead(null, "FR", null, null);
    int next = charters.versionAt(NINE) + 1;
    UnderCharter.sign(charters, next, "observe");
    try {
      open(List.of(lead));

      routed(lead, "ivan", "rule rest, team inside: the only eligible seller");
      handoffsOf(lead.leadId()).then().body("items[0].charterVersion", equalTo(next - 1));
    } finally {
      UnderCharter.sign(charters, next + 1, "assign");
    }
  }

  @Test
  void what_waits_under_a_charter_that_is_not_known_here_is_left_to_who_knows_it() {
    var elsewhere = lead(charters.versionAt(NINE) + 100, null, "FR", null, null);
    var here = lead(null, "FR", null, null);
    open(List.of(elsewhere, here));

    hire("ivan", INSIDE);

    await().atMost(SOON).untilAsserted(() -> assertThat(taken(List.of(here))).hasSize(1));
    handoffsOf(elsewhere.leadId()).then().body("items[0].state", equalTo("unassigned"));
  }

  @Test
  void who_is_told_of_a_step_is_said_by_the_charter_of_its_handoff() {
    run(
        "INSERT INTO subscription (subscription_id, url, format, events, owned_by, created_at)"
            + " VALUES (gen_random_uuid(), 'https://127.0.0.1:1', 'standard',"
            + " ARRAY['lead-handoff'], 'sales-manager', now())");
    hire("ivan", INSIDE);
    var dealt = lead(null, "FR", null, null);
    open(List.of(dealt));
    int next = charters.versionAt(NINE) + 1;
    UnderCharter.sign(charters, next, "observe");
    var watched = lead(null, "FR", null, "ivan");
    try {
      open(List.of(watched));
      accept(dealt);
    } finally {
      UnderCharter.sign(charters, next + 1, "assign");
    }

    accept(watched);

    assertThat(deliveries(dealt)).isEqualTo(2);
    assertThat(deliveries(watched)).isZero();
    run("UPDATE subscription SET removed_at = now()");
  }

  private long deliveries(LeadQualified lead) {
    return transactions
        .run(
            tx ->
                tx.query(
                        "SELECT count(*) FROM delivery WHERE data::json->>'leadId' = '"
                            + lead.leadId()
                            + "'")
                    .execute()
                    .map(rows -> rows.iterator().next().getLong(0)))
        .await()
        .atMost(SOON);
  }

  private void run(String statement) {
    transactions.run(tx -> tx.query(statement).execute()).await().atMost(SOON);
  }

  private static void accept(LeadQualified lead) {
    as("sales")
        .body("{}")
        .post("/handoffs/" + handoffOf(lead.leadId()) + "/accept")
        .then()
        .statusCode(200);
  }

  private void open(List<LeadQualified> leads) {
    transactions.run(tx -> handoffs.open(tx, leads)).await().atMost(SOON);
  }

  private List<LeadQualified> some(int many) {
    return IntStream.range(0, many).mapToObj(i -> lead(null, "FR", null, null)).toList();
  }

  private LeadQualified lead(
      @Nullable String tier, String country, @Nullable String domain, @Nullable String owner) {
    return lead(charters.versionAt(NINE), tier, country, domain, owner);
  }

  private static LeadQualified lead(
      int charterVersion,
      @Nullable String tier,
      String country,
      @Nullable String domain,
      @Nullable String owner) {
    Map<String, JsonNode> attributes =
        owner == null ? Map.of() : Map.of("owner", new TextNode(owner));
    return Qualified.of(id(), NINE, id())
        .under(charterVersion)
        .as("other", tier)
        .from("search", "Organic Search")
        .in(country)
        .company(new Company(domain, 300, null, country))
        .attributes(attributes)
        .told();
  }

  private static String companyOf(LeadQualified lead) {
    var company = lead.profile().company();
    return company == null ? "" : String.valueOf(company.domain());
  }

  private static String sellerOf(LeadQualified lead) {
    return handoffsOf(lead.leadId()).then().extract().path("items[0].sellerId");
  }

  private static void routed(LeadQualified lead, String seller, String why) {
    handoffsOf(lead.leadId())
        .then()
        .body("items[0].sellerId", equalTo(seller))
        .body("items[0].routing", equalTo(why));
  }

  private static void reject(LeadQualified lead, String reason) {
    as("sales")
        .body("{\"reason\": \"" + reason + "\"}")
        .post("/handoffs/" + handoffOf(lead.leadId()) + "/reject")
        .then()
        .statusCode(200);
  }

  @SafeVarargs
  private Map<String, Integer> taken(List<LeadQualified>... leads) {
    var passes =
        java.util.Arrays.stream(leads)
            .flatMap(List::stream)
            .map(LeadQualified::passId)
            .toArray(UUID[]::new);
    return transactions
        .run(
            tx ->
                tx.preparedQuery(
                        """
                        SELECT seller_id, count(*)::int AS taken FROM handoff
                        WHERE pass_id = ANY($1) AND seller_id IS NOT NULL GROUP BY seller_id
                        """)
                    .execute(Tuple.tuple().addArrayOfUUID(passes))
                    .map(
                        rows -> {
                          Map<String, Integer> taken = new HashMap<>();
                          rows.forEach(
                              row ->
                                  taken.put(row.getString("seller_id"), row.getInteger("taken")));
                          return taken;
                        }))
        .await()
        .atMost(SOON);
  }

  private static void within(Map<String, Integer> taken, Map<String, Double> weights, int leads) {
    assertThat(taken.values().stream().mapToInt(i -> i).sum()).isEqualTo(leads);
    var whole = weights.values().stream().mapToDouble(weight -> weight).sum();
    weights.forEach(
        (seller, weight) ->
            assertThat(Math.abs(taken.getOrDefault(seller, 0) - leads * weight / whole))
                .as("turns %s is off his weight", seller)
                .isLessThan(1));
  }
}
