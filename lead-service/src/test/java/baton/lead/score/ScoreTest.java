package baton.lead.score;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import baton.charter.Agreement;
import baton.charter.Form;
import baton.charter.Read;
import baton.chassis.charter.Signed;
import baton.contracts.Company;
import baton.contracts.Origin;
import baton.contracts.ScorePart;
import baton.lead.dossier.Contact;
import baton.lead.dossier.Facts;
import baton.lead.dossier.FirstTouch;
import baton.lead.dossier.Frozen;
import baton.lead.dossier.Lead;
import baton.lead.dossier.Leads.Judged;
import baton.lead.dossier.Pass;
import baton.lead.dossier.Stage;
import baton.lead.dossier.Standing;
import baton.lead.dossier.Touch;
import baton.lead.identity.Email;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScoreTest {
  private static final Instant NINE = Instant.parse("2026-11-02T09:00:00Z");
  private static final UUID ADA = new UUID(1, 1);
  private static final UUID PASS = new UUID(2, 2);
  private static final Signed CHARTER = new Signed(3, NINE, template());

  private static Agreement template() {
    return switch (Agreement.read(
        Objects.requireNonNull(Agreement.template("b2b-inside-sales")).getBytes(UTF_8),
        Form.YAML)) {
      case Read.Good(var agreement) -> agreement;
      case Read.Faulty(var faults) -> throw new AssertionError(faults);
    };
  }

  private static Lead ada(@Nullable Email email, @Nullable Company company, @Nullable Pass pass) {
    return new Lead(
        ADA,
        1,
        1,
        NINE,
        pass == null ? Stage.CAPTURED : Stage.MQL,
        pass,
        new FirstTouch(new UUID(3, 3), "webinar", null, NINE, null),
        new Facts(
            null,
            null,
            "Direct",
            null,
            null,
            null,
            Map.of(),
            null,
            null,
            Origin.INBOUND,
            null,
            company,
            "CIO",
            email == null ? null : email.free(),
            email == null ? null : email.domain(),
            null,
            List.of(),
            List.of()),
        new Contact(null, null, null, email, null, null, Map.of()),
        new Standing(NINE, "decision-maker", null, BigDecimal.TEN, null),
        null);
  }

  private static Touch webinar(Instant at) {
    return new Touch(
        new UUID(4, at.toEpochMilli()),
        ADA,
        at,
        "webinar",
        null,
        null,
        null,
        "Direct",
        null,
        Map.of(),
        null);
  }

  @Test
  void a_part_whose_rule_reads_what_is_not_known_says_so() {
    var score = Score.of(new Judged(ada(null, null, null), List.of(), null), CHARTER, NINE);

    assertThat(score.parts())
        .contains(
            new ScorePart("free-mail", new BigDecimal("0.00"), "lead.email.free isn't known"),
            new ScorePart("demo", new BigDecimal("0.00"), "no demo-request"));
    assertThat(score.tier()).isEqualTo("unknown");
    assertThat(score.readiness())
        .isEqualTo(
            new Score.Ready(
                false,
                "score 30.00 is 30.00 short of the line of 60",
                List.of("email", "company")));
    assertThat(score.fallsBelow()).isNull();
  }

  @Test
  void age_lowers_the_score_and_leaves_the_pass_and_its_frozen_parts() {
    var company = new Company(null, 240, null, "DE");
    var email = Objects.requireNonNull(Email.read("ada@analytical.example"));
    var frozen =
        new Frozen(
            PASS,
            2,
            "score 60.00 reached the line of 60",
            "decision-maker",
            "A",
            new BigDecimal("60.00"),
            List.of(new ScorePart("webinar", new BigDecimal("60.00"), null)));
    var known =
        new Judged(
            ada(email, company, new Pass(PASS, 1, NINE, null)),
            List.of(webinar(NINE.plusSeconds(1))),
            frozen);

    var young = Score.of(known, CHARTER, NINE.plusSeconds(1));
    var old = Score.of(known, CHARTER, NINE.plus(Duration.ofDays(21)).plusSeconds(2));

    assertThat(young.score()).isEqualByComparingTo("80.00");
    assertThat(Objects.requireNonNull(young.fallsBelow()))
        .isBetween(NINE.plus(Duration.ofDays(20)), NINE.plus(Duration.ofDays(22)));
    assertThat(old.score()).isLessThan(new BigDecimal("60.01"));
    assertThat(Objects.requireNonNull(old.latestPass()).endedAt()).isNull();
    assertThat(old.latestPass().score()).isEqualByComparingTo("60.00");
    assertThat(old.latestPass().parts()).isEqualTo(frozen.parts());
  }
}
