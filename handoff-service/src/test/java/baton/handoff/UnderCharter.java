package baton.handoff;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import baton.charter.Agreement;
import baton.charter.Form;
import baton.charter.Read;
import baton.chassis.charter.Charters;
import baton.contracts.Charter;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A service of its own, with a database and topics of its own, that is governed by a charter. */
public final class UnderCharter implements QuarkusTestProfile {
  static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

  private static final String RULES =
      """
      name: Routing
      calendars:
        default:
          zone: UTC
          week:
            mon: ["00:00-24:00"]
            tue: ["00:00-24:00"]
            wed: ["00:00-24:00"]
            thu: ["00:00-24:00"]
            fri: ["00:00-24:00"]
            sat: ["00:00-24:00"]
            sun: ["00:00-24:00"]
      vocabulary:
        rejectionReasons: [wrong-persona, existing-customer, spam]
        returnReasons: [timing]
        lossReasons: [price]
        objections: [price, security]
        painPoints: [lost-leads]
      personas:
        - id: it-director
          name: IT director
          when: 'lead.jobTitle.matches("(?i)cio")'
          painPoints: [lost-leads]
          objections: [security]
          stages: { sal: "Wants to talk" }
          ready: { instantly: 'lead.qualified' }
        - id: other
          name: Everyone else
          when: 'true'
          ready: { instantly: 'lead.qualified' }
      routing:
        mode: %s
        rules:
          - { id: dach-a, when: 'company.tier == "A" && company.country in ["DE","AT"]', team: dach }
          - { id: rest, when: 'true', team: inside }
        keepCompanyOwner: true
        catchUpCap: 3
      marketing:
        - { id: quality, owes: rejection-rate, atMost: 0.20, per: month, minimum: 30, counts: [spam] }
      """;

  /** Publishes the charter and waits until the service judges by it. */
  static void sign(Charters charters, int version, String mode) {
    var agreement = agreement(RULES.formatted(mode));
    Office.publish(
        List.of(
            new Charter(
                version,
                LONG_AGO,
                0,
                agreement.contentHash(),
                LONG_AGO,
                List.of(),
                agreement.document())));
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(charters.versionAt(LONG_AGO)).isEqualTo(version));
  }

  private static Agreement agreement(String yaml) {
    return switch (Agreement.read(yaml.getBytes(UTF_8), Form.YAML)) {
      case Read.Good(var good) -> good;
      case Read.Faulty(var faults) -> throw new AssertionError(faults);
    };
  }
}
