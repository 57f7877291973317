package baton.charter.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import baton.charter.Agreement;
import baton.charter.Documents;
import baton.charter.expression.Facts;
import baton.charter.expression.Touch;
import baton.contracts.Company;
import baton.contracts.Origin;
import baton.contracts.Profile;
import baton.contracts.ScorePart;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JudgeTest {
  private static final Instant NINE = Instant.parse("2026-11-23T09:00:00Z");
  private static final Judge JUDGE = new Judge(Documents.good(Documents.example()));
  private static final Company LARGE = new Company("analytical.example", 240, null, "DE");

  private static Facts facts(@Nullable String title, @Nullable Company company, Touch... touches) {
    return Facts.of(
        new Profile(
            null,
            null,
            "Direct",
            null,
            null,
            "DE",
            Origin.INBOUND,
            title,
            false,
            "analytical.example",
            company,
            title == null ? Map.of() : Map.of("occupation", new TextNode(title))),
        null,
        false,
        Set.of("email"),
        List.of(touches));
  }

  private static Touch touch(String kind, Instant at) {
    return new Touch(
        new UUID(7, at.toEpochMilli()), kind, at, null, null, null, null, null, Map.of());
  }

  @Test
  void every_part_is_explained_and_the_score_is_their_sum() {
    var facts =
        facts(
            "Head of IT",
            LARGE,
            touch("webinar", NINE.minus(Duration.ofDays(21))),
            touch("webinar", NINE));

    var judgement = JUDGE.judge(facts, NINE);

    assertThat(judgement.tier()).isEqualTo("A");
    assertThat(judgement.persona().id()).isEqualTo("it-director");
    assertThat(judgement.score()).isEqualTo("60.00");
    assertThat(judgement.frozen())
        .containsExactly(
            new ScorePart("tier-a", new BigDecimal("30.00"), null),
            new ScorePart(
                "webinar",
                new BigDecimal("30.00"),
                "2 × webinar, the last 0 min old, halved every 21 days"));
    assertThat(judgement.readiness())
        .isEqualTo(new Readiness.Ready("score 60.00 reached the line of 60"));
  }

  @Test
  void points_are_capped_and_say_so() {
    var touches = new Touch[40];
    for (int i = 0; i < 40; i++) {
      touches[i] = touch("page-view", NINE.minusSeconds(i));
    }

    var judgement = JUDGE.judge(facts(null, null, touches), NINE);

    assertThat(judgement.frozen())
        .containsExactly(
            new ScorePart(
                "visit",
                new BigDecimal("10.00"),
                "40 × page-view, the last 0 min old, halved every 7 days, capped from 40.00"));
  }

  @Test
  void a_demo_request_skips_the_score_but_not_the_fields() {
    var demo = touch("demo-request", NINE);
    var later = touch("page-view", NINE.plusSeconds(5));

    var complete = JUDGE.judge(facts("CIO", LARGE, demo, later), NINE.plusSeconds(5));
    var lacking = JUDGE.judge(facts("CIO", null, demo), NINE);

    assertThat(complete.readiness()).isEqualTo(new Readiness.Ready("ready at once: demo-request"));
    assertThat(lacking.readiness())
        .isEqualTo(
            new Readiness.NotYet(
                "ready at once: demo-request, but lacks company", List.of("company")));
  }

  @Test
  void a_hand_raised_before_the_last_pass_ended_makes_points_and_nobody_ready() {
    var before = facts("CIO", LARGE, touch("demo-request", NINE.minusSeconds(9)));
    var small = new Company("analytical.example", 60, null, "DE");
    var after =
        facts(
            "CIO",
            small,
            touch("demo-request", NINE.minusSeconds(9)),
            touch("contact-sales", NINE.plusSeconds(1)));

    var byScore = JUDGE.judge(before, NINE, NINE);
    var byHand = JUDGE.judge(after, NINE.plusSeconds(1), NINE);
    var byNothing = JUDGE.judge(facts("CIO", null, touch("demo-request", NINE)), NINE, NINE);

    assertThat(byScore.readiness())
        .isEqualTo(new Readiness.Ready("score 80.00 reached the line of 60"));
    assertThat(byHand.readiness()).isEqualTo(new Readiness.Ready("ready at once: contact-sales"));
    assertThat(byNothing.ready()).isFalse();
  }

  @Test
  void an_unknown_title_is_everyone_else_and_an_unknown_size_its_own_tier() {
    var judgement = JUDGE.judge(facts(null, null), NINE);

    assertThat(judgement.persona().id()).isEqualTo("other");
    assertThat(judgement.tier()).isEqualTo("unknown");
    assertThat(judgement.readiness())
        .isEqualTo(new Readiness.NotYet("score 0.00 is 80.00 short of the line of 80", List.of()));
  }

  @Test
  void what_hasnt_happened_yet_gives_nothing() {
    var judgement = JUDGE.judge(facts(null, null, touch("webinar", NINE.plusSeconds(1))), NINE);

    assertThat(judgement.frozen()).isEmpty();
  }

  @Test
  void an_excluded_lead_is_never_ready() {
    var judgement = JUDGE.judge(facts("student", LARGE, touch("demo-request", NINE)), NINE);

    assertThat(judgement.excludedBy()).isEqualTo("student");
    assertThat(judgement.ready()).isFalse();
  }

  @Test
  void a_score_falls_below_the_line_at_the_second_it_does() {
    var facts = facts("CIO", LARGE, touch("webinar", NINE), touch("webinar", NINE.minusSeconds(9)));
    var line = new BigDecimal("60");

    var falls = Objects.requireNonNull(JUDGE.fallsBelow(facts, line, NINE));

    assertThat(JUDGE.judge(facts, falls).score()).isLessThan(line);
    assertThat(JUDGE.judge(facts, falls.minusSeconds(1)).score()).isGreaterThanOrEqualTo(line);
    assertThat(JUDGE.fallsBelow(facts, new BigDecimal("30"), NINE)).isNull();
  }

  @Test
  void the_score_is_the_sum_of_its_frozen_parts_whatever_the_lead_did() {
    var random = new SplittableRandom(3);
    var kinds = List.of("demo-request", "webinar", "content-download", "page-view", "other");
    for (int run = 0; run < 300; run++) {
      var touches = new ArrayList<Touch>();
      for (int i = random.nextInt(30); i > 0; i--) {
        touches.add(
            touch(kinds.get(random.nextInt(5)), NINE.minusSeconds(random.nextInt(10_000_000))));
      }

      var judgement = JUDGE.judge(facts("CIO", LARGE, touches.toArray(Touch[]::new)), NINE);

      assertThat(judgement.frozen().stream().map(ScorePart::points).reduce(BigDecimal::add))
          .hasValue(judgement.score());
    }
  }

  @Test
  void under_version_zero_a_raised_hand_makes_a_lead_ready() {
    var zero = new Judge(Agreement.versionZero());

    var visited = zero.judge(facts(null, null, touch("page-view", NINE)), NINE);
    var raised = zero.judge(facts(null, null, touch("contact-sales", NINE)), NINE);

    assertThat(visited.ready()).isFalse();
    assertThat(raised.readiness()).isEqualTo(new Readiness.Ready("ready at once: contact-sales"));
  }
}
