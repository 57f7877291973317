package baton.chassis.audit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import baton.chassis.audit.Audit.Asked;
import baton.chassis.audit.Audit.Noted;
import baton.chassis.database.Transactions;
import baton.contracts.Json;
import baton.infrastructure.BatonTestResource;
import baton.infrastructure.Infrastructure;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(BatonTestResource.class)
class AuditIT {
  private final Audit audit;
  private final Transactions transactions;
  private final Pool pool;

  AuditIT(Audit audit, Transactions transactions, Pool pool) {
    this.audit = audit;
    this.transactions = transactions;
    this.pool = pool;
  }

  @Test
  void an_act_is_read_as_it_was_noted_with_who_called() {
    note("thing.before", "1", Map.of());
    var admin = given().header("X-Api-Key", Infrastructure.shared().key("admin"));
    var placed =
        admin
            .contentType("application/json")
            .body("{\"thing\": \"audited\", \"pieces\": 3}")
            .post("/orders");

    var answer =
        given()
            .header("X-Api-Key", Infrastructure.shared().key("admin"))
            .get("/audit?act=order.placed&subject=" + placed.jsonPath().getLong("order"));

    assertThat(answer.statusCode()).isEqualTo(200);
    var act = answer.jsonPath();
    assertThat(act.getString("items[0].caller")).isEqualTo("testadmin");
    assertThat(act.getString("items[0].role")).isEqualTo("admin");
    assertThat(act.getInt("items[0].details.pieces")).isEqualTo(3);
    assertThat(act.getBoolean("items[0].intact")).isTrue();
  }

  @Test
  void only_an_administrator_reads_it() {
    given()
        .header("X-Api-Key", Infrastructure.shared().key("marketing"))
        .get("/audit")
        .then()
        .statusCode(403);
  }

  @Test
  void who_reads_it_can_count_the_seals_again() throws Exception {
    note("thing.sealed", "\"quoted\" \\ 日本", Map.of("a", "b"));

    var act = list(new Asked("thing.sealed", null, null)).getFirst();

    var words =
        Json.mapper()
            .writeValueAsString(
                List.of(
                    act.number(),
                    act.at().toEpochMilli(),
                    act.caller(),
                    act.role(),
                    act.act(),
                    act.subject(),
                    act.details()))
            .replace("\",\"", "\", \"")
            .replaceFirst("\\[(\\d+),(\\d+),", "[$1, $2, ");
    var sha = MessageDigest.getInstance("SHA-256");
    sha.update(HexFormat.of().parseHex(act.previous()));
    assertThat(HexFormat.of().formatHex(sha.digest(words.getBytes(StandardCharsets.UTF_8))))
        .isEqualTo(act.hash());
  }

  @Test
  void acts_at_the_same_time_make_one_chain() {
    var acts =
        Uni.join()
            .all(
                IntStream.range(0, 50)
                    .mapToObj(i -> audit.note("thing.crowded", "crowd-" + i, Map.of()))
                    .toList())
            .andFailFast();

    acts.await().indefinitely();

    assertThat(list(new Asked("thing.crowded", null, "baton")))
        .hasSize(50)
        .allMatch(Noted::isIntact);
  }

  @Test
  void an_act_that_is_undone_leaves_nothing() {
    assertThatThrownBy(
            () ->
                transactions
                    .run(
                        tx ->
                            audit
                                .note(tx, "thing.undone", "1")
                                .chain(
                                    () ->
                                        Uni.createFrom()
                                            .failure(new IllegalStateException("undone"))))
                    .await()
                    .indefinitely())
        .hasMessage("undone");

    assertThat(list(new Asked("thing.undone", null, null))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE audit SET caller = 'eve'",
        "DELETE FROM audit WHERE number = 1",
        "TRUNCATE audit"
      })
  void nothing_is_changed_or_taken_away(String statement) {
    note("thing.kept", "1", Map.of());

    assertThatThrownBy(() -> pool.query(statement).execute().await().indefinitely())
        .hasMessageContaining("only ever added");
  }

  @Test
  void what_was_changed_behind_the_guards_back_shows() {
    note("thing.forged", "before", Map.of());
    note("thing.forged", "victim", Map.of());
    note("thing.forged", "after", Map.of());

    run("ALTER TABLE audit DISABLE TRIGGER audit_keep");
    run("UPDATE audit SET caller = 'eve' WHERE subject = 'victim'");
    run("DELETE FROM audit WHERE subject = 'after' AND act = 'thing.forged'");
    run("ALTER TABLE audit ENABLE TRIGGER audit_keep");

    assertThat(list(new Asked("thing.forged", null, null)))
        .extracting(Noted::subject, Noted::isIntact)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("victim", false),
            org.assertj.core.groups.Tuple.tuple("before", true));
  }

  private void note(String act, String subject, Map<String, ?> details) {
    audit.note(act, subject, details).await().indefinitely();
  }

  private List<Noted> list(Asked asked) {
    return audit.list(asked, null, 100).await().indefinitely();
  }

  private void run(String statement) {
    pool.query(statement).execute().await().indefinitely();
  }
}
