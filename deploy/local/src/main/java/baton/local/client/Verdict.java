package baton.local.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** What one answer line of a batch says. */
public final class Verdict {
  private Verdict() {}

  /** Why the line was refused; empty when it was taken. */
  public static Optional<String> refusal(JsonNode answer) {
    var problem = answer.has("problem") ? answer.path("problem") : answer;
    var refused = answer.path("status").asInt(200) >= 300 || problem.has("errors");
    return refused ? Optional.of(Refused.reason(problem)) : Optional.empty();
  }
}
