package baton.charter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import baton.charter.time.Window;
import baton.contracts.Vocabulary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgreementTest {
  @Test
  void the_example_is_understood_whole() {
    var terms = Documents.good(Documents.example()).terms();

    assertThat(terms.name()).isEqualTo("Acme smarketing charter");
    assertThat(terms.calendars()).containsOnlyKeys("default");
    assertThat(terms.tiers()).extracting(Tier::tier).containsExactly("A", "B", "unknown", "C");
    assertThat(terms.personas())
        .extracting(Persona::id)
        .containsExactly("it-director", "marketer", "other");
    assertThat(terms.sales())
        .extracting(Clause::id)
        .containsExactly(
            "decide", "hand-raiser", "first-attempt", "persistence", "disposition", "feedback");
    assertThat(terms.marketing())
        .extracting(Clause::owes)
        .containsExactly(
            "mqls", "share", "rejection-rate", "fields", "content-reply", "campaign-notice");
    assertThat(terms.sales().getFirst())
        .isEqualTo(
            new Clause.Decision(
                "decide",
                new Clause.Limit(
                    Window.of("P1D", true), "default", null, null, java.util.List.of(), null),
                true));
    assertThat(terms.goals().getFirst().children()).hasSize(4);
  }

  @Test
  void the_example_as_its_authors_keep_it_is_good() throws IOException {
    var shared = Path.of("../../../shared/design/charter-example.yaml");
    assumeTrue(Files.exists(shared), "the shared example isn't here");

    assertThat(Agreement.read(Files.readAllBytes(shared), Form.YAML))
        .isEqualTo(new Read.Good(Documents.good(Documents.example())));
  }

  @ParameterizedTest
  @MethodSource("baton.charter.Agreement#templates")
  void a_template_is_good_as_it_is(String name) {
    var read = Documents.read(Objects.requireNonNull(Agreement.template(name)));

    assertThat(read).isInstanceOf(Read.Good.class);
  }

  @Test
  void version_zero_promises_nothing_and_has_the_default_words() {
    var zero = Agreement.versionZero();

    assertThat(zero.clauses()).isEmpty();
    assertThat(zero.vocabulary()).isEqualTo(Vocabulary.DEFAULT);
    assertThat(zero.calendar().zone().getId()).isEqualTo("UTC");
  }

  @Test
  void yaml_and_json_that_say_the_same_have_the_same_hash() {
    var yaml = Documents.good(Documents.example());
    var json = yaml.document().toPrettyString().getBytes(StandardCharsets.UTF_8);

    assertThat(Agreement.read(json, Form.JSON)).isEqualTo(new Read.Good(yaml));
  }

  @Test
  void the_order_of_keys_doesnt_change_the_hash_but_that_of_personas_does() {
    var one =
        Documents.good(
            "name: x\npersonas: [ {id: a, when: 'score_is(1)'} ]"
                .replace(
                    "{id: a, when: 'score_is(1)'}",
                    "{id: a, when: lead.email.free, ready: {score: 1}}, {id: b, when: 'true',"
                        + " ready: {score: 2}}"));
    var keys =
        Documents.good(
            "personas: [ {ready: {score: 1.0}, when: lead.email.free, id: a},"
                + " {id: b, when: 'true', ready: {score: 2}} ]\nname: x");
    var personas =
        Documents.good(
            "name: x\npersonas: [ {id: a, when: '!lead.email.free', ready: {score: 1}},"
                + " {id: b, when: 'true', ready: {score: 2}} ]");

    assertThat(keys.contentHash()).isEqualTo(one.contentHash());
    assertThat(personas.contentHash()).isNotEqualTo(one.contentHash());
  }

  @ParameterizedTest
  @ValueSource(strings = {"10:00", "2027-01-01", "yes", "on", "1_000", "0o9", "12:30:45"})
  void what_older_yaml_took_for_something_else_stays_text(String plain) {
    var read =
        Documents.good(
            "name: " + plain + "\npersonas: [ {id: a, when: 'true', ready: {score: 1}} ]");

    assertThat(read.terms().name()).isEqualTo(plain);
  }

  @Test
  void the_attributes_that_rules_read_are_the_declared_ones() {
    assertThat(Documents.good(Documents.example()).attributes()).containsExactly("occupation");
  }
}
