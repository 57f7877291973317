package baton.lead.touch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import baton.chassis.access.Caller;
import baton.chassis.access.Role;
import baton.chassis.command.CommandReader;
import baton.chassis.problem.Faults;
import baton.chassis.pseudonym.Pseudonyms;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TouchesTest {
  private static final Instant NINE = Instant.parse("2026-11-02T09:00:00Z");

  private final Touches touches =
      new Touches(new Pseudonyms("pepper".getBytes(UTF_8)), InstantSource.fixed(NINE));

  @Test
  void the_same_id_from_another_sender_is_another_touch() {
    var chat = toldAs("chat-key", null, "1");
    var events = toldAs("events-key", null, "1");

    assertThat(events).isNotEqualTo(chat);
    assertThat(toldAs("chat-key", null, "1")).isEqualTo(chat);
  }

  @Test
  void a_key_of_the_same_source_is_the_same_sender() {
    var before = toldAs("old-key", "chat", "1");
    var after = toldAs("new-key", "chat", "1");

    assertThat(after).isEqualTo(before);
    assertThat(toldAs("new-key", "events", "1")).isNotEqualTo(before);
    assertThat(toldAs("chat", null, "1")).isNotEqualTo(before);
  }

  private UUID toldAs(String key, @org.jspecify.annotations.Nullable String source, String id) {
    var content =
        "{\"contact\": {\"email\": \"a@b.example\"}, \"kind\": \"webinar\", \"externalId\": \"%s\"}"
            .formatted(id)
            .getBytes(UTF_8);
    var faults = new Faults();
    var body = Objects.requireNonNull(new CommandReader().read(content, TouchBody.class, faults));
    var caller = new Caller(key, Role.CAPTURE, null, source);
    var capture = touches.read(body, content, caller, null, faults);
    assertThat(faults.list()).isEmpty();
    return Objects.requireNonNull(capture.toldAs());
  }
}
