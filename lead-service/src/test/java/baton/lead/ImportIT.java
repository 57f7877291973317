package baton.lead;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import baton.contracts.Topic;
import baton.infrastructure.BatonTestResource;
import baton.infrastructure.Infrastructure;
import baton.lead.Callers.Answered;
import baton.lead.imports.Importing;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BatonTestResource.class)
class ImportIT {
  private static final Duration SOON = Duration.ofSeconds(120);
  private static final int ROWS =
      Boolean.getBoolean("baton.soak") ? 200_000 : Integer.getInteger("baton.import.rows", 20_000);
  private static final int MEBIBYTE = 1 << 20;
  private static final long GROWTH_MEBIBYTES = 32;

  private static final String RETRACTED = "retracted";

  private static final String CRM =
      """
      {"nulls": ["-", "n/a"],
       "cases": [{"fields": {
         "externalIds.crm": ["/Id"],
         "contact.email": ["/E-Mail"],
         "contact.phone": ["/Phone"],
         "contact.name": ["/Name"],
         "country": ["/Country | country"],
         "company.domain": ["/Website | host"],
         "company.employees": ["/Size"],
         "source": ["/Source"],
         "touch.kind": ["/Touch"],
         "qualified": ["/MQL | yes"],
         "qualifiedAt": ["/MQL at | date dd.MM.yyyy in Europe/Berlin"],
         "consent.newsletter": ["/Newsletter | yes"],
         "occurredAt": ["/Created | date dd.MM.yyyy HH:mm in Europe/Berlin",
                        "/Created | date MMM d, yyyy h:mm a in Europe/Berlin"]}}]}
      """;
  private static final String HEADER =
      "Id;E-Mail;Phone;Name;Country;Website;Size;Source;Touch;MQL;MQL at;Newsletter;Created";

  private final Callers marketing = Callers.with(Infrastructure.shared().key("marketing"));
  private final Callers tool = Callers.with(Infrastructure.shared().key("capture"));
  private final HttpClient http = HttpClient.newHttpClient();

  @Inject Importing importing;
  @Inject DataSource database;

  @Test
  void a_file_is_taken_by_whatever_name_browsers_have_for_csv_and_others_hear_which() {
    var file = "\"contact.email\" \r\n\"named@csv.example\" \r\n";

    for (var type : List.of("text/csv", "application/vnd.ms-excel", "application/csv")) {
      var sent = marketing.send("POST", "/imports", type, file).join();

      assertThat(sent.status()).as(type + sent.body()).isEqualTo(202);
    }
    for (var type : List.of("text/plain", "application/json")) {
      var refused = marketing.send("POST", "/imports", type, file).join();

      assertThat(refused.status()).as(type).isEqualTo(415);
      assertThat(refused.json().path("detail").asText())
          .contains("text/csv", "application/vnd.ms-excel");
    }
    var workbook =
        marketing.send("POST", "/imports", "application/vnd.ms-excel", "PK\3\4 and so on").join();
    assertThat(workbook.status()).isEqualTo(415);
    assertThat(workbook.json().path("detail").asText()).contains("workbook");
  }

  @Test
  void a_crms_export_comes_in_once_however_often_it_is_sent_and_shuffled() throws Exception {
    keep("crm-once", CRM);
    var rows =
        List.of(
            "a1;ada@once.example;;Ada;United Kingdom;https://www.once.example/x;250;google;webinar;"
                + "yes;31.03.2026;yes;30.03.2026 09:30",
            "a2;-;030 901820;Grace;Germany;once.example;n/a;linkedin;;no;;no;\"Mar 30, 2026 9:30"
                + " am\"",
            "a3;karl@once.example;;=cmd();;;;;;;;;30.03.2026 09:30");
    var shuffled = List.of(rows.get(2), rows.get(0), rows.get(1));

    var first = done(sent("crm-once", "", file(rows)));
    var again = done(sent("crm-once", "", file(shuffled)));

    assertThat(counts(first)).isEqualTo("3 rows: 3 new, 0 recognised, 0 unchanged, 0 rejected");
    assertThat(counts(again)).isEqualTo("3 rows: 0 new, 0 recognised, 3 unchanged, 0 rejected");
    var ada = lead("crm:a1");
    assertThat(ada.path("country").asText()).isEqualTo("GB");
    assertThat(ada.at("/company/domain").asText()).isEqualTo("once.example");
    assertThat(ada.at("/company/employees").asInt()).isEqualTo(250);
    assertThat(ada.at("/consent/0/purpose").asText()).isEqualTo("newsletter");
    assertThat(ada.at("/consent/0/given").asBoolean()).isTrue();
    assertThat(ada.path("capturedAt").asText()).isEqualTo("2026-03-30T07:30:00.000Z");
    assertThat(ada.path("stage").asText()).isEqualTo("mql");
    assertThat(lead("crm:a2").at("/contact/phone").asText()).isEqualTo("+4930901820");
    assertThat(lead("crm:a2").path("capturedAt").asText()).isEqualTo("2026-03-30T07:30:00.000Z");
  }

  @Test
  void a_row_that_says_more_of_a_known_lead_is_recognised() throws Exception {
    keep("crm-more", CRM);
    done(sent("crm-more", "", file(List.of("m1;;;Ada;;;;google;;;;;30.03.2026 09:30"))));

    var more =
        done(
            sent(
                "crm-more",
                "",
                file(List.of("m1;ada@more.example;;Ada;;;;google;;;;;30.03.2026 09:30"))));

    assertThat(counts(more)).isEqualTo("1 rows: 0 new, 1 recognised, 0 unchanged, 0 rejected");
    assertThat(lead("crm:m1").at("/contact/email").asText()).isEqualTo("ada@more.example");
  }

  @Test
  void real_leads_of_x_education_come_in_once_by_the_mapping_that_is_shipped() throws Exception {
    var data = Path.of("../../shared/data/xeducation/Leads.csv");
    assumeTrue(Files.exists(data), data + " isn't here");
    var shipped = Path.of("../deploy/local/mappings/xeducation-leads.yaml");
    keep("xeducation", new ObjectMapper(new YAMLFactory()).readTree(shipped.toFile()).toString());
    var lines = Files.readAllLines(data, UTF_8);
    var shuffled = new ArrayList<>(lines.subList(1, lines.size()));
    Collections.shuffle(shuffled, new SplittableRandom(7));
    shuffled.addFirst(lines.getFirst());

    var first = done(sent("xeducation", "", Files.readAllBytes(data)));
    var again = done(sent("xeducation", "", Files.readAllBytes(data)));
    var mixed = done(sent("xeducation", "", String.join("\r\n", shuffled).getBytes(UTF_8)));

    assertThat(counts(first))
        .isEqualTo("9240 rows: 9240 new, 0 recognised, 0 unchanged, 0 rejected");
    assertThat(counts(again))
        .isEqualTo("9240 rows: 0 new, 0 recognised, 9240 unchanged, 0 rejected");
    assertThat(counts(mixed)).isEqualTo(counts(again));
    var lead = lead("xeducation:2a272436-5132-4136-86fa-dcc88c88f482");
    assertThat(lead.path("country").asText()).isEqualTo("IN");
    assertThat(lead.path("source").asText()).isEqualTo("google");
    assertThat(lead.path("attributes").toString())
        .contains("\"visits\":5", "\"doNotEmail\":false")
        .doesNotContain("Select", "specialization");
  }

  @Test
  void who_is_erased_is_erased_among_refused_rows_and_from_files_that_wait() throws Exception {
    keep("crm-erase", CRM);
    var lead = tool.post("/leads", "{\"contact\": {\"email\": \"zqreject@who.example\"}}").json();
    var admin = Callers.with(Infrastructure.shared().key("admin"));
    var refused =
        done(
            sent(
                "crm-erase",
                "",
                file(List.of("r1;zqReject@who.example;;Zqreject;Narnia;;;;;;;;"))));
    assertThat(rejects(refused).toString()).contains("zqReject@who.example");
    importing.stop();
    var waiting =
        sent(
            "crm-erase",
            "",
            file(
                List.of(
                    "r2;zqreject@who.example;;Zqreject;;;;google;;;;;30.03.2026 09:30",
                    "r3;zqother@who.example;;Other;;;;google;;;;;30.03.2026 09:30")));

    var told = admin.get("/leads/" + lead.path("leadId").asText() + "/export").body();
    var receipt = admin.send("DELETE", "/leads/" + lead.path("leadId").asText(), "", "").join();
    importing.start();

    assertThat(told).contains("refusedRows");
    assertThat(receipt.json().at("/removed/refusedRows").asInt()).as(receipt.body()).isEqualTo(1);
    assertThat(counts(done(waiting)))
        .isEqualTo("2 rows: 1 new, 0 recognised, 0 unchanged, 1 rejected");
    for (var job : List.of(refused, waiting)) {
      assertThat(rejects(job)).hasSize(2);
      assertThat(rejects(job).toString()).doesNotContainIgnoringCase("zqreject");
    }
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(number("SELECT count(*) FROM import_erased")).isZero());
  }

  @Test
  void each_of_a_thousand_broken_rows_is_among_the_rejects_and_each_good_one_is_in()
      throws Exception {
    keep("crm-broken", CRM);
    var kinds =
        List.of(
            ";;;Nobody;;;;;;;;;",
            "%d;no address;;;;;;;;;;;",
            "%d;ada@no domain;;;;;;;;;;;",
            "%d;;0171 5550100;;;;;;;;;;",
            "%d;;1;;Germany;;;;;;;;",
            "%d;;;;;;;;;;;;2026-03-30 09:30",
            "%d;;;;;;;;;;;;30.02.2026 09:30",
            "%d;;;;;;;;;;;;30.03.2126 09:30",
            "%d;;;;;;;;;;;;30.03.1999 09:30",
            "%d;;;;;;many;;;;;;",
            "%d;;;;;;-5;;;;;;",
            "%d;;;;;;;;;perhaps;;;",
            "%d;;;;;;;;;;31.03.2026;;",
            "%d;;;;Narnia;;;;;;;;",
            "%d;too;few",
            "%d;;;;;;;;;;;;;too many",
            "%d;;;\"never closed;;;;;;;;;",
            "%d;;;\"closed\" and on;;;;;;;;;",
            "%d;;;Zo\u00EB;;;;;;;;;",
            "%d;;;N\0l;;;;;;;;;",
            "%d;;;;;;;" + "x".repeat(201) + ";;;;;",
            "%d;;;;;;;;a b;;;;",
            "x".repeat(201) + "%d;;;;;;;;;;;;",
            "%d;" + "x".repeat(70_000) + ";;;;;;;;;;;",
            ";;;;;;;;;;;;");
    var rows = new ArrayList<String>();
    for (int n = 0; n < 1000; n++) {
      rows.add(kinds.get(n % kinds.size()).formatted(n));
      rows.add("good-%d;good-%d@broken.example;;;;;;;;;;;30.03.2026 09:30".formatted(n, n));
    }
    Collections.shuffle(rows, new SplittableRandom(11));
    var broken =
        IntStream.range(0, rows.size())
            .filter(n -> !rows.get(n).startsWith("good"))
            .mapToObj(n -> n + 2L)
            .toList();
    var file = (HEADER + "\n" + String.join("\n", rows)).getBytes(ISO_8859_1);

    var job = done(sent("crm-broken", "", file));

    assertThat(counts(job))
        .isEqualTo("2000 rows: 1000 new, 0 recognised, 0 unchanged, 1000 rejected");
    var rejects = rejects(job);
    assertThat(rejects.getFirst().getFields().subList(0, 4))
        .containsExactly("line", "reasons", "Id", "E-Mail");
    assertThat(rejects.stream().skip(1).map(row -> Long.valueOf(row.getField(0))))
        .containsExactlyElementsOf(broken);
    assertThat(rejects.stream().skip(1).map(row -> row.getField(1))).noneMatch(String::isBlank);
    assertThat(rejects.stream().skip(1).flatMap(row -> row.getFields().stream()))
        .noneMatch(cell -> cell.matches("(?s)[=+@\\t\\r-].*"));
  }

  @Test
  void a_file_whose_worker_dies_midway_is_worked_off_exactly_once_in_flat_memory()
      throws Exception {
    keep("crm-killed", CRM);
    var id = sent("crm-killed", "", people("killed", ROWS)).path("importId").asText();
    await().atMost(SOON).until(() -> rows(id), rows -> rows >= ROWS / 10);

    importing.stop();
    var held = settledRows(id);
    // what was captured when the power went, and not counted yet
    run("UPDATE lead_import SET rows = rows - 500, fresh = fresh - 500 WHERE id = '" + id + "'");
    long before = usedMebibytes();
    importing.start();
    var job = done(marketing.get("/imports/" + id).json());

    assertThat(held).isBetween(500L, ROWS - 1L);
    assertThat(counts(job))
        .isEqualTo(ROWS + " rows: " + ROWS + " new, 0 recognised, 0 unchanged, 0 rejected");
    assertThat(
            number(
                "SELECT count(*) FROM lead_identity WHERE lead_id = ANY (SELECT id FROM lead WHERE"
                    + " source = 'killed')"))
        .isEqualTo(2L * ROWS);
    assertThat(number("SELECT count(*) FROM import_chunk WHERE import_id = '" + id + "'")).isZero();
    System.out.printf(
        "MiB of heap after %d and after %d rows: %d, %d%n", held, ROWS, before, usedMebibytes());
    assertThat(usedMebibytes() - before).isLessThan(GROWTH_MEBIBYTES);
  }

  @Test
  void a_line_of_a_hundred_megabytes_is_refused_in_flat_memory() throws Exception {
    keep("crm-long", CRM);
    long before = usedMebibytes();

    var job =
        done(
            sent(
                "crm-long",
                "",
                BodyPublishers.ofInputStream(
                    () -> repeated(HEADER + "\nl1;\"", 'x', 100, "\nl2;;;;;;;;;;;;\n"))));

    assertThat(counts(job)).isEqualTo("2 rows: 1 new, 0 recognised, 0 unchanged, 1 rejected");
    assertThat(job.path("bytes").asLong()).isGreaterThan(100L * MEBIBYTE);
    assertThat(usedMebibytes() - before).isLessThan(GROWTH_MEBIBYTES);
  }

  @Test
  void undoing_retracts_what_nobody_else_knows_and_keeps_the_rest() throws Exception {
    keep("crm-undo", CRM);
    tool.post("/leads", "{\"externalIds\": [{\"system\": \"crm\", \"id\": \"u0\"}]}");
    var rows =
        IntStream.range(0, 6)
            .mapToObj("u%d;"::formatted)
            .map(id -> id + id.replace(";", "") + "@undo.example;;U;;;;;;;;;30.03.2026 09:30")
            .toList();
    var job = done(sent("crm-undo", "", file(rows)));
    var leads = IntStream.range(0, 6).mapToObj(n -> lead("crm:u" + n)).toList();
    tool.post(
        "/touches",
        "{\"leadExternalId\": {\"system\": \"crm\", \"id\": \"u1\"}, \"kind\": \"webinar\"}");
    marketing.patch(
        "/leads/" + leads.get(2).path("leadId").asText(), "{\"country\": \"BR\"}", "If-Match", "*");

    var undone = delete(job);

    assertThat(undone.status()).as(undone.body()).isEqualTo(200);
    assertThat(undone.json().path("state").asText()).isEqualTo("undone");
    assertThat(undone.json().path("retracted").asInt()).isEqualTo(3);
    assertThat(undone.json().path("kept").asInt()).isEqualTo(2);
    var gone = leads.subList(3, 6).stream().map(one -> one.path("leadId").asText()).toList();
    assertThat(gone).allMatch(id -> marketing.get("/leads/" + id).status() == 404);
    var listed = marketing.get("/imports/" + id(job) + "/undone").json().path("items");
    assertThat(
            StreamSupport.stream(listed.spliterator(), false)
                .filter(one -> one.path("retracted").asBoolean())
                .map(one -> one.path("leadId").asText()))
        .containsExactlyElementsOf(gone);
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              assertThat(values(Topic.LEAD_ERASED, gone)).hasSize(3).allMatch(RETRACTED::equals);
              assertThat(values(Topic.LEAD_CONTACT, gone)).hasSize(6).contains("");
            });
    assertThat(counts(done(sent("crm-undo", "", file(rows)))))
        .isEqualTo("6 rows: 3 new, 0 recognised, 3 unchanged, 0 rejected");
  }

  @Test
  void a_file_that_cannot_be_read_is_refused_at_once_and_kept_nowhere() throws Exception {
    keep("crm-refused", CRM);
    long before = number("SELECT count(*) FROM lead_import");

    var lacking = send("crm-refused", "", "Id;Mail\n1;2\n".getBytes(UTF_8));
    var empty = send("crm-refused", "", new byte[0]);
    var header = send("crm-refused", "", "Id;\"E-Mail\n1;2\n".getBytes(UTF_8));
    var unknown = send("nobodys", "&charset=klingon", file(List.of()));
    var columns = send(null, "", "contact.email,contact.fax\na@b.example,1\n".getBytes(UTF_8));
    var sixteen = send(null, "", "contact.email\n".getBytes(UTF_16LE));

    assertThat(
            List.of(
                lacking.status(),
                empty.status(),
                header.status(),
                unknown.status(),
                columns.status(),
                sixteen.status()))
        .containsOnly(422);
    assertThat(lacking.json().path("errors").findValuesAsText("pointer"))
        .contains("/mapping/cases/0/fields/contact.email", "/mapping/cases/0/fields/occurredAt");
    assertThat(unknown.json().path("errors").findValuesAsText("pointer")).contains("/charset");
    assertThat(columns.json().at("/errors/0/pointer").asText()).contains("contact.fax");
    assertThat(number("SELECT count(*) FROM lead_import")).isEqualTo(before);
    assertThat(number("SELECT count(*) FROM import_chunk")).isZero();
  }

  @Test
  void columns_that_bear_our_names_need_no_mapping_and_a_charset_is_said() throws Exception {
    var file =
        "contact.name;externalIds.named;qualified\r\nZo\u00EB;z1;yes\r\n".getBytes(ISO_8859_1);

    var job = done(sent(null, "&charset=windows-1252&file=export.csv", file));

    assertThat(counts(job)).isEqualTo("1 rows: 1 new, 0 recognised, 0 unchanged, 0 rejected");
    assertThat(job.path("file").asText()).isEqualTo("export.csv");
    assertThat(job.path("separator").asText()).isEqualTo(";");
    assertThat(lead("named:z1").at("/contact/name").asText()).isEqualTo("Zo\u00EB");
    assertThat(lead("named:z1").path("stage").asText()).isEqualTo("mql");
  }

  @Test
  void rows_may_be_touches_where_the_mapping_says_so() throws Exception {
    keep(
        "touches",
        """
        {"lookups": {"kinds": {"Webinar attended": "webinar"}},
         "cases": [
          {"when": {"/Activity": []}, "into": "touch",
           "fields": {"leadExternalId.crm": ["/Id"], "kind": ["/Activity | lookup kinds"],
                      "occurredAt": ["/At | date yyyy-MM-dd"]}},
          {"fields": {"externalIds.crm": ["/Id"], "occurredAt": ["/At | date yyyy-MM-dd"]}}]}
        """);
    var file = "Id,Activity,At\nt1,,2026-03-01\nt1,Webinar attended,2026-03-02\n".getBytes(UTF_8);

    var first = done(sent("touches", "", file));
    var again = done(sent("touches", "", file));

    assertThat(counts(first)).isEqualTo("2 rows: 1 new, 1 recognised, 0 unchanged, 0 rejected");
    assertThat(counts(again)).isEqualTo("2 rows: 0 new, 0 recognised, 2 unchanged, 0 rejected");
  }

  @Test
  void mappings_are_kept_by_name_and_refused_whole() {
    keep("kept", CRM);

    var refused =
        marketing
            .send(
                "PUT",
                "/mappings/kept",
                "application/json",
                "{\"cases\": [{\"fields\": {\"contact.fax\": [\"/Fax\"], \"occurredAt\": [\"/At |"
                    + " date jj\", \"/At | lookup x\"]}}]}")
            .join();

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().path("errors").findValuesAsText("pointer"))
        .containsExactlyInAnyOrder(
            "/cases/0/fields/contact.fax",
            "/cases/0/fields/occurredAt/0",
            "/cases/0/fields/occurredAt/1");
    assertThat(marketing.get("/mappings/kept").json().at("/mapping/nulls/1").asText())
        .isEqualTo("n/a");
    assertThat(marketing.get("/mappings?limit=1").json().path("items")).hasSize(1);
    assertThat(marketing.get("/mappings/nobodys").status()).isEqualTo(404);
    assertThat(tool.get("/mappings/kept").status()).isEqualTo(403);
    assertThat(tool.get("/imports").status()).isEqualTo(403);
  }

  private void keep(String name, String mapping) {
    var kept = marketing.send("PUT", "/mappings/" + name, "application/json", mapping).join();
    assertThat(kept.status()).as(kept.body()).isEqualTo(200);
  }

  private static byte[] file(List<String> rows) {
    return (HEADER + "\n" + String.join("\n", rows) + "\n").getBytes(UTF_8);
  }

  private static HttpRequest.BodyPublisher people(String source, int count) {
    var lines =
        IntStream.range(0, count)
            .mapToObj(
                n ->
                    "%1$s-%2$d;%2$d@%1$s.example;;Somebody;;;;%1$s;;;;;30.03.2026 09:30\n"
                        .formatted(source, n))
            .iterator();
    return BodyPublishers.ofByteArrays(
        () ->
            new Iterator<byte[]>() {
              private boolean begun;

              @Override
              public boolean hasNext() {
                return !begun || lines.hasNext();
              }

              @Override
              public byte[] next() {
                var text = begun ? lines.next() : HEADER + "\n";
                begun = true;
                return text.getBytes(UTF_8);
              }
            });
  }

  /** So many mebibytes of one letter between a beginning and an end. */
  private static InputStream repeated(String beginning, char letter, int mebibytes, String end) {
    var mebibyte = String.valueOf(letter).repeat(MEBIBYTE).getBytes(UTF_8);
    var parts = new ArrayList<InputStream>();
    parts.add(new ByteArrayInputStream(beginning.getBytes(UTF_8)));
    for (int n = 0; n < mebibytes; n++) {
      parts.add(new ByteArrayInputStream(mebibyte));
    }
    parts.add(new ByteArrayInputStream(end.getBytes(UTF_8)));
    Enumeration<InputStream> all = Collections.enumeration(parts);
    return new SequenceInputStream(all);
  }

  private JsonNode sent(@Nullable String mapping, String more, byte[] file) throws Exception {
    return sent(mapping, more, BodyPublishers.ofByteArray(file));
  }

  private JsonNode sent(@Nullable String mapping, String more, HttpRequest.BodyPublisher file)
      throws Exception {
    var answer = send(mapping, more, file);
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    assertThat(answer.header("Location")).isEqualTo("/imports/" + id(answer.json()));
    return answer.json();
  }

  private Answered send(@Nullable String mapping, String more, byte[] file) throws Exception {
    return send(mapping, more, BodyPublishers.ofByteArray(file));
  }

  private Answered send(@Nullable String mapping, String more, HttpRequest.BodyPublisher file)
      throws Exception {
    var path = "/imports?" + (mapping == null ? "" : "mapping=" + mapping) + more;
    var request =
        HttpRequest.newBuilder(Callers.address(path))
            .header("Authorization", "Bearer " + marketing.token())
            .header("Content-Type", "text/csv")
            .POST(file)
            .build();
    var response = http.send(request, BodyHandlers.ofString());
    return new Answered(response.statusCode(), response);
  }

  private JsonNode done(JsonNode job) {
    return await()
        .atMost(SOON.multipliedBy(10))
        .until(
            () -> marketing.get("/imports/" + id(job)).json(),
            now -> List.of("done", "failed").contains(now.path("state").asText()));
  }

  private static String counts(JsonNode job) {
    return "%d rows: %d new, %d recognised, %d unchanged, %d rejected"
        .formatted(
            job.path("rows").asLong(),
            job.path("new").asLong(),
            job.path("recognised").asLong(),
            job.path("unchanged").asLong(),
            job.path("rejected").asLong());
  }

  private static String id(JsonNode job) {
    return job.path("importId").asText();
  }

  private JsonNode lead(String known) {
    var found = marketing.get("/leads?q=" + known).json().path("items");
    assertThat(found).as(known).hasSize(1);
    return marketing.get("/leads/" + found.get(0).path("leadId").asText()).json();
  }

  private List<CsvRecord> rejects(JsonNode job) {
    var answer = marketing.get("/imports/" + id(job) + "/rejects");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).startsWith("text/csv");
    return CsvReader.builder().ofCsvRecord(answer.body()).stream().toList();
  }

  private Answered delete(JsonNode job) {
    return marketing.send("DELETE", "/imports/" + id(job), "", "").join();
  }

  private long rows(String id) {
    return marketing.get("/imports/" + id).json().path("rows").asLong();
  }

  /** How many rows are done once nobody works on it any more. */
  private long settledRows(String id) throws Exception {
    await()
        .atMost(SOON)
        .until(() -> number("SELECT count(*) FROM lead_import WHERE worker IS NOT NULL") == 0);
    return rows(id);
  }

  /**
   * What was told of these leads: the kind of an erasure, nothing of a tombstone, else all of it.
   */
  private static List<String> values(Topic topic, List<String> leads) {
    return Infrastructure.shared().read(topic).stream()
        .filter(record -> leads.contains(record.key()))
        .map(record -> record.value() == null ? "" : new String(record.value(), UTF_8))
        .map(value -> value.contains("\"kind\":\"retracted\"") ? RETRACTED : value)
        .toList();
  }

  private static long usedMebibytes() {
    var memory = ManagementFactory.getMemoryMXBean();
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed() / MEBIBYTE;
  }

  private void run(String statement) throws SQLException {
    try (var connection = database.getConnection();
        var prepared = connection.prepareStatement(statement)) {
      prepared.executeUpdate();
    }
  }

  private long number(String query) throws SQLException {
    try (var connection = database.getConnection();
        var prepared = connection.prepareStatement(query);
        var rows = prepared.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
