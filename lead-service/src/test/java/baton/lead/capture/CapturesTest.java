package baton.lead.capture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import baton.chassis.access.Caller;
import baton.chassis.access.Role;
import baton.chassis.command.CommandReader;
import baton.chassis.problem.Fault;
import baton.chassis.problem.Faults;
import baton.chassis.pseudonym.Pseudonyms;
import baton.lead.dossier.Capture;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CapturesTest {
  private static final Instant NINE = Instant.parse("2026-11-02T09:00:00.123456Z");
  private static final Caller TOOL = new Caller("k", Role.CAPTURE, null, null);
  private static final Caller NARROWED = new Caller("k", Role.CAPTURE, null, "hubspot");

  private final CommandReader reader = new CommandReader();
  private final Captures captures =
      new Captures(new Pseudonyms("pepper".getBytes(UTF_8)), InstantSource.fixed(NINE));
  private final Faults faults = new Faults();

  private @Nullable Capture read(String body, Caller caller) {
    var bytes = body.getBytes(UTF_8);
    var lead = reader.read(bytes, LeadBody.class, faults);
    return lead == null ? null : captures.read(lead, bytes, caller, null, faults);
  }

  private Capture right(String body, Caller caller) {
    var capture = Objects.requireNonNull(read(body, caller));
    assertThat(faults.list()).isEmpty();
    return capture;
  }

  @Test
  void times_are_in_milliseconds() {
    var capture = right("{\"contact\": {\"email\": \"a@b.example\"}}", TOOL);

    assertThat(capture.at()).isEqualTo(Instant.parse("2026-11-02T09:00:00.123Z"));
  }

  @Test
  void empty_fields_of_a_form_are_absent() {
    var capture =
        right(
            "{\"contact\": {\"email\": \"a@b.example\", \"phone\": \" \"}, \"source\": \"\"}",
            TOOL);

    assertThat(capture.contact().phone()).isNull();
    assertThat(capture.facts().source()).isNull();
  }

  @Test
  void a_national_number_is_dialled_in_the_leads_country() {
    var capture = right("{\"contact\": {\"phone\": \"030 901820\"}, \"country\": \"de\"}", TOOL);

    assertThat(capture.contact().phone()).isNotNull();
    assertThat(capture.facts().country()).isEqualTo("DE");
  }

  @Test
  void only_a_fact_that_can_be_told_apart_is_known_again() {
    var body = "{\"contact\": {\"email\": \"a@b.example\"}}";
    var dated =
        "{\"contact\": {\"email\": \"a@b.example\"}, \"occurredAt\": \"2026-01-01T00:00:00Z\"}";

    assertThat(right(body, TOOL).toldAs()).isNull();
    assertThat(right(dated, TOOL).toldAs()).isNotNull().isEqualTo(right(dated, TOOL).toldAs());
  }

  @Test
  void a_key_of_one_source_captures_for_that_one() {
    var silent = right("{\"contact\": {\"email\": \"a@b.example\"}}", NARROWED);
    read("{\"contact\": {\"email\": \"a@b.example\"}, \"source\": \"google\"}", NARROWED);

    assertThat(silent.facts().source()).isEqualTo("hubspot");
    assertThat(faults.list()).extracting(Fault::pointer).containsExactly("/source");
  }

  @Test
  void an_external_id_that_is_an_address_is_kept_as_its_pseudonym() {
    var capture =
        right("{\"externalIds\": [{\"system\": \"CRM\", \"id\": \"a@b.example\"}]}", TOOL);

    assertThat(capture.facts().externalIds().getFirst().system()).isEqualTo("crm");
    assertThat(capture.facts().externalIds().getFirst().id()).startsWith("hmac-");
  }
}
