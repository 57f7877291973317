package baton.handoff.pass;

import baton.contracts.OutcomeResult;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is said of a handoff: by the seller who holds it, by routing, or by how its deal went. */
public sealed interface Answer {

  record Accept() implements Answer {}

  /** Refused at the door; the note is for marketing's eyes and stays in this service. */
  record Reject(@Nullable String reason, @Nullable String note) implements Answer {}

  /** A try to reach the lead; null where it isn't known how. */
  record Attempt(@Nullable String channel, Result result) implements Answer {}

  record Qualify(Map<String, JsonNode> facts) implements Answer {}

  /** Given back after acceptance, for nurture, {@code until} it is worth another try. */
  record GiveBack(@Nullable String reason, @Nullable Instant until) implements Answer {}

  /** Given to another seller by somebody's decision. */
  record Reassign(String sellerId, @Nullable String team) implements Answer {}

  /** Given to another seller because this one let a promise run out. */
  record PassOn(String sellerId, @Nullable String team, String why) implements Answer {}

  /** Given to a seller by routing, because it is his turn. */
  record Assign(String sellerId, @Nullable String team, String why) implements Answer {}

  /** None came in time, and the charter takes that for acceptance. */
  record Silence() implements Answer {}

  /** The deal ended, here or outside the process. */
  record End(OutcomeResult outcome) implements Answer {}
}
