package baton.handoff;

import static baton.handoff.Office.NINE;
import static baton.handoff.Office.hire;
import static baton.handoff.Office.id;
import static baton.handoff.Office.publish;
import static baton.handoff.Office.sendEverybodyHome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import baton.chassis.database.Transactions;
import baton.contracts.LeadQualified;
import baton.handoff.pass.Handoffs;
import baton.infrastructure.BatonTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
    value = BatonTestResource.class,
    initArgs = @ResourceArg(name = "database", value = "handoff"))
class ManyAtOnceIT {
  static final int MANY = 10_000;

  /** A transaction per lead would take minutes here. */
  static final Duration QUICK = Duration.ofSeconds(60);

  @Inject Handoffs handoffs;
  @Inject Transactions transactions;

  @BeforeEach
  void nobody_is_there_yet() {
    sendEverybodyHome();
  }

  @Test
  void ten_thousand_qualified_leads_at_once_are_dealt_fairly_and_fast() {
    hire("bulk-a", "\"weight\": 1");
    hire("bulk-b", "\"weight\": 2.5");
    hire("bulk-c", "\"weight\": 0.7");
    var qualified = qualified(MANY);

    publish(qualified);

    await()
        .atMost(QUICK)
        .untilAsserted(
            () ->
                assertThat(dealt(qualified).values().stream().mapToInt(i -> i).sum())
                    .isEqualTo(MANY));
    assertWithinOneTurn(dealt(qualified), Map.of("bulk-a", 1.0, "bulk-b", 2.5, "bulk-c", 0.7));
  }

  @Test
  void two_instances_that_hear_the_same_leads_open_each_once_and_stay_fair() {
    hire("twin-a", "\"weight\": 3");
    hire("twin-b", "\"weight\": 2");
    var qualified = qualified(600);

    var hearings =
        IntStream.range(0, 12)
            .mapToObj(
                i -> {
                  var heard = new ArrayList<>(qualified);
                  Collections.shuffle(heard, new Random(i));
                  var batch = heard.subList(0, 300);
                  return transactions
                      .run(tx -> handoffs.open(tx, batch))
                      .subscribeAsCompletionStage();
                })
            .toList();
    hearings.forEach(hearing -> hearing.join());
    transactions.run(tx -> handoffs.open(tx, qualified)).await().atMost(QUICK);

    assertThat(dealt(qualified).values().stream().mapToInt(i -> i).sum()).isEqualTo(600);
    assertWithinOneTurn(dealt(qualified), Map.of("twin-a", 3.0, "twin-b", 2.0));
  }

  private static List<LeadQualified> qualified(int many) {
    return IntStream.range(0, many).mapToObj(i -> Office.qualified(id(), id(), NINE)).toList();
  }

  private Map<String, Integer> dealt(List<LeadQualified> qualified) {
    return transactions
        .run(
            tx ->
                tx.preparedQuery(
                        """
                        SELECT seller_id, count(*)::int AS taken FROM handoff
                        WHERE pass_id = ANY($1) AND state = 'offered' GROUP BY seller_id
                        """)
                    .execute(
                        Tuple.tuple()
                            .addArrayOfUUID(
                                qualified.stream().map(LeadQualified::passId).toArray(UUID[]::new)))
                    .map(
                        rows -> {
                          Map<String, Integer> dealt = new TreeMap<>();
                          rows.forEach(
                              row ->
                                  dealt.put(row.getString("seller_id"), row.getInteger("taken")));
                          return dealt;
                        }))
        .await()
        .atMost(QUICK);
  }

  private static void assertWithinOneTurn(Map<String, Integer> dealt, Map<String, Double> weights) {
    var handoffs = dealt.values().stream().mapToInt(i -> i).sum();
    var whole = weights.values().stream().mapToDouble(weight -> weight).sum();
    weights.forEach(
        (seller, weight) ->
            assertThat(Math.abs(dealt.getOrDefault(seller, 0) - handoffs * weight / whole))
                .as("turns %s is off his weight", seller)
                .isLessThan(1));
  }
}
