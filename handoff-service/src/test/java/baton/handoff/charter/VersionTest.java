package baton.handoff.charter;

import static baton.contracts.Side.MARKETING;
import static baton.contracts.Side.SALES;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import baton.charter.Agreement;
import baton.charter.Form;
import baton.charter.Read;
import baton.contracts.Charter;
import baton.contracts.Side;
import baton.contracts.Signature;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class VersionTest {
  private static final String TEMPLATE =
      Objects.requireNonNull(Agreement.template("small-business"));
  private static final Agreement PLAIN = agreement(TEMPLATE);
  private static final String HASH = PLAIN.contentHash();
  private static final Instant NINE = Instant.parse("2026-11-23T09:00:00Z");
  private static final Instant TEN = Instant.parse("2026-11-23T10:00:00Z");
  private static final String GRETE = "grete";
  private static final String ALAN = "alan";

  @Test
  void one_signature_puts_nothing_in_force() {
    var verdict = proposed(PLAIN).signed(PLAIN, MARKETING, GRETE, HASH, NINE);

    var version = version(verdict);
    assertThat(version.state()).isEqualTo(State.PROPOSED);
    assertThat(version.revision()).isEqualTo(2);
    assertThat(version.signatures()).containsExactly(by(MARKETING, GRETE, NINE));
    assertThat(version.effectiveFrom()).isNull();
  }

  @Test
  void the_second_signature_puts_it_in_force_at_that_moment() {
    var half = version(proposed(PLAIN).signed(PLAIN, MARKETING, GRETE, HASH, NINE));

    var whole = version(half.signed(PLAIN, SALES, ALAN, HASH, TEN));

    assertThat(whole.state()).isEqualTo(State.SIGNED);
    assertThat(whole.told(PLAIN.document(), 3))
        .isEqualTo(
            new Charter(
                7,
                TEN,
                3,
                HASH,
                TEN,
                List.of(by(MARKETING, GRETE, NINE), by(SALES, ALAN, TEN)),
                PLAIN.document()));
  }

  @Test
  void a_charter_that_says_when_is_in_force_then_but_never_back_in_time() {
    assertThat(signedByBoth("effectiveFrom: 2027-01-01T00:00:00+01:00\n").effectiveFrom())
        .isEqualTo(Instant.parse("2026-12-31T23:00:00Z"));
    assertThat(signedByBoth("effectiveFrom: 2020-01-01T00:00:00Z\n").effectiveFrom())
        .isEqualTo(TEN);
  }

  @Test
  void a_side_that_signed_has_signed() {
    var half = version(proposed(PLAIN).signed(PLAIN, MARKETING, GRETE, HASH, NINE));

    var again = half.signed(PLAIN, MARKETING, "mary", HASH, TEN);

    assertThat(again).isEqualTo(new Verdict.Standing(half));
  }

  @Test
  void nobody_signs_for_both() {
    var half = version(proposed(PLAIN).signed(PLAIN, MARKETING, GRETE, HASH, NINE));

    var both = half.signed(PLAIN, SALES, GRETE, HASH, TEN);

    assertThat(both).isInstanceOf(Verdict.Forbidden.class);
  }

  @Test
  void a_charter_that_names_its_signatories_takes_no_other() {
    var named = agreement(TEMPLATE + "\nsignatories: { marketing: [mary], sales: [] }\n");

    var another = proposed(named).signed(named, MARKETING, GRETE, named.contentHash(), NINE);
    var mary = proposed(named).signed(named, MARKETING, "mary", named.contentHash(), NINE);
    var anybody = proposed(named).signed(named, SALES, ALAN, named.contentHash(), NINE);

    assertThat(another).isInstanceOf(Verdict.Forbidden.class);
    assertThat(mary).isInstanceOf(Verdict.Signed.class);
    assertThat(anybody).isInstanceOf(Verdict.Signed.class);
  }

  @Test
  void what_was_not_read_is_not_signed() {
    var verdict = proposed(PLAIN).signed(PLAIN, MARKETING, GRETE, "0".repeat(64), NINE);

    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Refused.class, refused -> assertThat(refused.why()).contains(HASH));
  }

  @Test
  void a_version_older_than_a_signed_one_is_over() {
    var proposed = proposed(PLAIN);
    var overtaken =
        new Version(
            proposed.number(),
            2,
            State.OVERTAKEN,
            proposed.name(),
            HASH,
            ALAN,
            "sales-manager",
            NINE,
            List.of(),
            null);

    var verdict = overtaken.signed(PLAIN, SALES, ALAN, HASH, TEN);

    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Refused.class,
            refused -> assertThat(refused.state()).isEqualTo(State.OVERTAKEN));
  }

  private static Version signedByBoth(String more) {
    var agreement = agreement(more + TEMPLATE);
    var hash = agreement.contentHash();
    var half = version(proposed(agreement).signed(agreement, SALES, ALAN, hash, NINE));
    return version(half.signed(agreement, MARKETING, GRETE, hash, TEN));
  }

  private static Version proposed(Agreement agreement) {
    return Version.proposed(
        7, new Draft(agreement, Form.YAML, TEMPLATE, ALAN, "sales-manager", NINE));
  }

  private static Signature by(Side side, String signatory, Instant at) {
    return new Signature(side, signatory, at, HASH);
  }

  private static Version version(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Signed(var version, _) -> version;
      case Verdict.Standing _, Verdict.Forbidden _, Verdict.Refused _ ->
          throw new AssertionError(verdict);
    };
  }

  private static Agreement agreement(String yaml) {
    return switch (Agreement.read(yaml.getBytes(UTF_8), Form.YAML)) {
      case Read.Good(var agreement) -> agreement;
      case Read.Faulty(var faults) -> throw new AssertionError(faults);
    };
  }
}
