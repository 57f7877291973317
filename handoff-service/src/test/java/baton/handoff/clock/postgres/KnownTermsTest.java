package baton.handoff.clock.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import baton.charter.Agreement;
import baton.charter.Form;
import baton.charter.Read;
import baton.chassis.charter.Charters;
import baton.contracts.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KnownTermsTest {

  @Test
  void hours_without_a_zone_are_in_that_of_each_charter() throws JsonProcessingException {
    var hours = Json.mapper().readTree("{\"week\": {\"mon\": [\"09:00-17:00\"]}}");
    var terms = KnownTerms.of(new Charters());

    var zones =
        Stream.of("Europe/Berlin", "America/New_York", "Europe/Berlin")
            .map(zone -> terms.calendar(hours, charterIn(zone)).zone());

    assertThat(zones)
        .containsExactly(
            ZoneId.of("Europe/Berlin"), ZoneId.of("America/New_York"), ZoneId.of("Europe/Berlin"));
  }

  private static Agreement charterIn(String zone) {
    var written =
        """
        name: Where it is
        calendars:
          default: { zone: %s, week: { mon: ["00:00-24:00"] } }
        personas: [ { id: all, name: All, when: 'true', ready: { score: 1 } } ]
        """
            .formatted(zone);
    return switch (Agreement.read(written.getBytes(StandardCharsets.UTF_8), Form.YAML)) {
      case Read.Good(var agreement) -> agreement;
      case Read.Faulty(var faults) -> throw new AssertionError(faults);
    };
  }
}
