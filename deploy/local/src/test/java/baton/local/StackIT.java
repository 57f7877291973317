package baton.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import baton.local.client.Rest;
import baton.local.command.Commands;
import baton.local.demo.Live;
import baton.local.stack.BatonFile;
import baton.local.stack.Checkout;
import baton.local.stack.Part;
import baton.local.stack.Stack;
import baton.local.table.PromiseTable;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A stack's life on one machine, told in order, since starting it is what takes the time. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StackIT {
  @TempDir static Path folder;

  private static int portBase;

  private record Said(int status, String text) {}

  @BeforeAll
  static void start() {
    portBase = freePorts();

    var up = baton("up", "--detach", "--port-base", Integer.toString(portBase));

    assertThat(up.text()).contains("all is ready");
    assertThat(up.status()).isZero();
  }

  @AfterAll
  static void end() {
    var down = baton("down");

    assertThat(down.status()).isZero();
    assertThat(stack().isRunning()).isFalse();
  }

  @Test
  @Order(1)
  void baton_json_says_where_everything_is_to_its_owner_only() throws Exception {
    var file = BatonFile.in(folder).orElseThrow();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(BatonFile.path(folder))))
        .isEqualTo("rw-------");
    assertThat(file.url("lead")).hasPort(portBase + 1);
    assertThat(file.postgres().databases())
        .containsOnlyKeys("lead", "handoff", "feedback", "reporting");
    assertThat(file.keys())
        .containsOnlyKeys("capture", "marketing", "sales", "sales-manager", "report", "admin");
    assertThat(file.services().values()).allMatch(at -> ProcessHandle.of(at.pid()).isPresent());
  }

  @Test
  @Order(2)
  void a_second_up_on_the_same_folder_says_that_it_is_running() {
    var second = baton("up", "--detach", "--port-base", Integer.toString(portBase + 100));

    assertThat(second.status()).isOne();
    assertThat(second.text()).contains("is running already");
  }

  @Test
  @Order(3)
  void a_service_that_was_killed_is_said_to_be_gone_and_comes_back() {
    stack().kill(Part.FEEDBACK);

    var status = baton("status");
    assertThat(status.status()).isOne();
    assertThat(status.text()).containsPattern("feedback +not running");
    stack().start(Part.FEEDBACK);
    stack().awaitReady(Part.FEEDBACK);
    assertThat(baton("status").status()).isZero();
  }

  @Test
  @Order(4)
  void what_was_loaded_is_counted_and_survives_down_and_up() throws Exception {
    var load =
        baton(
            "load",
            "--leads",
            Files.writeString(
                    folder.resolve("leads.csv"),
                    """
                    externalIds.crm,source,occurredAt
                    1,google,2026-01-05T09:00:00Z
                    2,,2026-01-05T10:00:00Z
                    3,google,not a time
                    """)
                .toString());
    assertThat(load.status()).isEqualTo(2);
    assertThat(load.text()).containsPattern("captured +2").containsPattern("refused +1");
    awaitCaptured(2);

    assertThat(baton("down").status()).isZero();
    assertThat(baton("up", "--detach", "--port-base", Integer.toString(portBase)).status())
        .isZero();

    awaitCaptured(2);
    assertThat(baton("funnel", "--by", "source").text())
        .containsPattern("google +1")
        .containsPattern("\\(none\\) +1")
        .containsPattern("total +2");
    assertThat(baton("meeting", "2026-W02").text())
        .contains("Marketing and sales, week 2026-W02: 2026-01-05 to 2026-01-11 (UTC)")
        .containsPattern("marketing +MQLs");
  }

  @Test
  @Order(5)
  void under_the_demos_charter_either_side_breaks_promises_and_each_is_judged() {
    try (var rest = new Rest(stack().file())) {
      var verdicts = new Live(rest, InstantSource.system(), System.out).play().orElseThrow();

      var decided = verdicts.clauses().getFirst();
      assertThat(verdicts.areAllIn()).isTrue();
      assertThat(decided.clauseId()).isEqualTo("decide");
      assertThat(decided.kept() + decided.broken()).isEqualTo(Live.LEADS);
      assertThat(verdicts.broken("sales")).isPositive();
      assertThat(verdicts.broken("marketing")).isPositive();
      assertThat(PromiseTable.breach(verdicts.breaches().getFirst()))
          .startsWith("content-reply, broken by marketing")
          .contains("sales asked for material about integration-effort");
    }
  }

  /** All who are MQLs became so under this charter, and so did every promise. */
  @Test
  @Order(6)
  void what_is_in_force_replayed_is_what_happened_and_a_draft_that_is_not_is_told_apart()
      throws Exception {
    try (var rest = new Rest(stack().file())) {
      var charter =
          (ObjectNode) rest.get("handoff", "report", "/charters/current").path("document");

      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertSameAsHappened(replayed(charter), rest));

      ((ObjectNode) charter.at("/sales/0")).put("within", "PT1S");
      var decide = replayed(charter).at("/clauses/0");
      assertThat(decide.at("/wouldHave/breached").asInt())
          .isGreaterThan(decide.at("/happened/breached").asInt());
      assertThat(baton("what-if", folder.resolve("draft.json").toString()).text())
          .containsPattern("replaying leads: \\d+ of \\d+")
          .containsPattern("MQLs, each pass +" + Live.LEADS + " +" + Live.LEADS)
          .contains("What a replay can't know:");
    }
  }

  @Test
  @Order(7)
  void what_a_crm_knows_of_leads_is_loaded_with_its_dates_and_only_once() throws Exception {
    var file =
        Files.writeString(
                folder.resolve("history.csv"),
                """
                Lead;Created;MQL;First outreach;Owner;Status;Changed
                h-1;03.03.2025;04.03.2025;05.03.2025;ada;Closed Won;20.03.2025
                h-2;03.03.2025;06.03.2025;07.03.2025;ada;Working;
                h-3;03.03.2025;;;;New;
                h-4;03.03.2025;;;;Closed Won;
                """)
            .toString();
    var mapping =
        Files.writeString(
                folder.resolve("history.yaml"),
                """
                nulls: [New, Working]
                lookups: {statuses: {Closed Won: won}}
                cases:
                  - into: history
                    fields:
                      externalIds.crm: [/Lead]
                      occurredAt: ["/Created | date dd.MM.yyyy in Europe/Berlin"]
                      qualifiedAt: ["/MQL | date dd.MM.yyyy in Europe/Berlin"]
                      firstOutreachAt: ["/First outreach | date dd.MM.yyyy in Europe/Berlin"]
                      owner: [/Owner]
                      status: ["/Status | lookup statuses"]
                      statusAt: ["/Changed | date dd.MM.yyyy in Europe/Berlin"]
                """)
            .toString();

    var loaded = baton("load", "--history", file, "--mapping", mapping);
    var again = baton("load", "--history", file, "--mapping", mapping);

    assertThat(loaded.status()).as(loaded.text()).isEqualTo(2);
    assertThat(loaded.text())
        .containsPattern("captured +3")
        .containsPattern("attempted +2")
        .containsPattern("won +1")
        .containsPattern("refused +1");
    assertThat(again.text()).doesNotContainPattern("captured +\\d");
    assertThat(Files.readString(folder.resolve("rejects-history.csv.csv")))
        .contains("/statusAt is required");
    try (var rest = new Rest(stack().file())) {
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () -> {
                var stages =
                    rest.get(
                            "reporting", "report", "/funnel?from=2025-03-01&to=2025-04-01&zone=UTC")
                        .at("/total/stages");
                assertThat(stages.at("/captured/count").asInt()).isEqualTo(3);
                assertThat(stages.at("/mql/count").asInt()).isEqualTo(2);
                assertThat(stages.at("/won/count").asInt()).isEqualTo(1);
              });
    }
  }

  private static void assertSameAsHappened(JsonNode replayed, Rest rest) {
    var funnel = rest.get("reporting", "report", "/funnel?passes=all");
    var sla = rest.get("reporting", "report", "/sla");
    assertThat(replayed.path("limits").toString()).doesNotContain(" leads qualified otherwise");
    assertThat(replayed.at("/mqls/lost").asInt() + replayed.at("/mqls/gained").asInt()).isZero();
    assertThat(replayed.at("/mqls/kept").asInt()).isEqualTo(Live.LEADS);
    assertThat(replayed.at("/mqls/wouldHave/passes"))
        .isEqualTo(funnel.at("/total/stages/mql/count"));
    assertThat(replayed.at("/mqls/wouldHave")).isEqualTo(replayed.at("/mqls/happened"));
    assertThat(replayed.path("clauses")).hasSizeGreaterThan(1);
    for (var clause : replayed.path("clauses")) {
      assertThat(clause.path("wouldHave"))
          .as(clause.path("clause").asText())
          .isEqualTo(clause.path("happened"))
          .isEqualTo(counts(sla, clause.path("clause").asText()));
    }
  }

  private static JsonNode replayed(JsonNode charter) throws IOException {
    var file = Files.writeString(folder.resolve("draft.json"), charter.toString());
    var answer = baton("what-if", file.toString(), "--json");
    assertThat(answer.status()).as(answer.text()).isZero();
    return JsonMapper.builder()
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .build()
        .readTree(answer.text());
  }

  private static JsonNode counts(JsonNode sla, String clause) {
    for (var row : sla.path("rows")) {
      if (row.at("/key/clause").asText().equals(clause)) {
        return ((ObjectNode) row)
            .deepCopy()
            .retain("met", "breached", "excused", "open", "attainment", "attainmentWithExcused");
      }
    }
    return MissingNode.getInstance();
  }

  private static void awaitCaptured(int leads) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(
                        JsonMapper.builder()
                            .build()
                            .readTree(baton("funnel", "--json").text())
                            .at("/total/stages/captured/count")
                            .asInt())
                    .isEqualTo(leads));
  }

  private static Stack stack() {
    return Stack.found(Checkout.here(), folder).orElseThrow();
  }

  private static Said baton(String command, String... options) {
    var text = new ByteArrayOutputStream();
    var out = new PrintStream(text, true, StandardCharsets.UTF_8);
    var arguments =
        IntStream.range(0, options.length + 3)
            .mapToObj(
                i ->
                    switch (i) {
                      case 0 -> command;
                      case 1 -> "--data";
                      case 2 -> folder.toString();
                      default -> options[i - 3];
                    })
            .toArray(String[]::new);
    var status = Commands.line(out, out).execute(arguments);
    return new Said(status, text.toString(StandardCharsets.UTF_8));
  }

  private static int freePorts() {
    var random = new SplittableRandom(System.nanoTime());
    while (true) {
      var base = random.nextInt(20_000, 30_000);
      if (IntStream.rangeClosed(1, 7).allMatch(offset -> isFree(base + offset))) {
        return base;
      }
    }
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
