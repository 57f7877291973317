package baton.charter.expression;

import static org.assertj.core.api.Assertions.assertThat;

import baton.contracts.Company;
import baton.contracts.Origin;
import baton.contracts.Profile;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {
  private static final Instant NINE = Instant.parse("2026-11-23T09:00:00Z");
  private static final Facts ADA =
      facts(
          "Head of IT",
          new Company("analytical.example", 240, null, "DE"),
          List.of(touch("demo-request", NINE), touch("page-view", NINE.minusSeconds(60))));
  private static final Facts OF_NO_COMPANY =
      facts("Head of IT", null, List.of(touch("page-view", NINE)));

  private static Facts facts(
      @Nullable String title, @Nullable Company company, List<Touch> touches) {
    return Facts.of(
        new Profile(
            "google",
            "cpc",
            "Paid Search",
            null,
            null,
            "DE",
            Origin.INBOUND,
            title,
            false,
            "analytical.example",
            company,
            Map.of("seats", new IntNode(12), "plan", new TextNode("pro"))),
        null,
        false,
        Set.of("email"),
        touches);
  }

  private static Touch touch(String kind, Instant at) {
    return new Touch(new UUID(0, 1), kind, at, null, null, null, null, null, Map.of());
  }

  private static Expression rule(String text) {
    return switch (new Rules().check(Place.SCORING, text)) {
      case Checked.Fine(var expression) -> expression;
      case Checked.Refused(var detail) -> throw new AssertionError(detail);
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lead.jobTitle.matches(r\"(?i)\\b(head|director) of it\\b\")",
        "company.employees >= 200 && company.country in [\"DE\", \"AT\"]",
        "company.employees > 199.5",
        "!has(company.industry)",
        "has(company.employees)",
        "!lead.email.free",
        "lead.origin == \"inbound\"",
        "lead.attributes.seats > 10",
        "lead.attributes.plan == \"pro\"",
        "touches.exists(t, t.kind == \"demo-request\")",
        "touches[0].kind == \"page-view\"",
        "touches.filter(t, t.kind == \"page-view\").size() == 1",
        "company.industry == \"steel\" || company.employees > 10"
      })
  void a_rule_that_fits_holds(String text) {
    assertThat(rule(text).ask(ADA)).isEqualTo(Answer.YES);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "company.employees >= 200 | company.employees",
        "!(company.employees >= 200) | company.employees",
        "lead.attributes.occupation == \"student\" | lead.attributes.occupation",
        "lead.persona == \"cto\" | lead.persona",
        "touches.exists(t, t.asset == \"x\") | touches.asset"
      })
  void a_rule_that_reads_an_unknown_fact_doesnt_hold_and_names_it(String text, String missing) {
    assertThat(rule(text).ask(OF_NO_COMPANY)).isEqualTo(new Answer(false, List.of(missing), null));
  }

  @Test
  void a_rule_that_compares_what_cant_be_compared_doesnt_hold() {
    var answer = rule("lead.attributes.plan > 5").ask(ADA);

    assertThat(answer.why()).isEqualTo("what it reads is of another type than it expects");
  }

  @Test
  void loops_within_loops_are_counted_and_end() {
    var many = new ArrayList<Touch>();
    for (int i = 0; i < 2_000; i++) {
      many.add(touch("page-view", NINE.plusSeconds(i)));
    }
    var rule = rule("touches.all(a, touches.all(b, touches.all(c, a.kind == c.kind)))");

    var answer = rule.ask(facts(null, null, many));

    assertThat(answer.why()).isEqualTo("the lead has too many touches for this rule");
  }

  @Test
  void a_rule_that_is_too_long_or_too_deep_isnt_taken() {
    assertThat(new Rules().check(Place.SCORING, "true" + " && true".repeat(400)))
        .isInstanceOf(Checked.Refused.class);
    assertThat(new Rules().check(Place.SCORING, "(".repeat(200) + "true" + ")".repeat(200)))
        .isInstanceOf(Checked.Refused.class);
  }

  @Test
  void one_rule_answers_many_threads_alike() {
    var rule = rule("lead.jobTitle.matches(r\"(?i)\\bit\\b\") && company.employees >= 200");
    var wrong = Collections.synchronizedList(new ArrayList<Answer>());
    try (var threads = Executors.newFixedThreadPool(4)) {
      for (int thread = 0; thread < 4; thread++) {
        boolean known = thread % 2 == 0;
        threads.execute(
            () -> {
              for (int i = 0; i < 5_000; i++) {
                var answer = rule.ask(known ? ADA : OF_NO_COMPANY);
                if (answer.holds() != known) {
                  wrong.add(answer);
                }
              }
            });
      }
    }

    assertThat(wrong).isEmpty();
  }
}
