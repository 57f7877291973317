package baton.local.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.URI;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A service said no, or nothing at all; the message is its problem document for people. */
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final int status;
  private final transient JsonNode problem;

  Refused(URI uri, int status, JsonNode problem) {
    super(uri + " answered " + status + ": " + reason(problem));
    this.status = status;
    this.problem = problem;
  }

  Refused(URI uri, Throwable cause) {
    super(uri + " can't be reached", cause);
    this.status = 0;
    this.problem = MissingNode.getInstance();
  }

  public int status() {
    return status;
  }

  /** The problem document itself; missing where nothing answered. */
  public JsonNode problem() {
    return problem;
  }

  /** A problem document (RFC 9457) in one line: what is wrong and in which fields. */
  public static String reason(JsonNode problem) {
    var detail = problem.path("detail").asText(problem.path("title").asText("refused"));
    var faults =
        StreamSupport.stream(problem.path("errors").spliterator(), false)
            .map(fault -> fault.path("pointer").asText() + " " + fault.path("detail").asText())
            .collect(Collectors.joining("; "));
    return faults.isEmpty() ? detail : detail + " (" + faults + ")";
  }
}
