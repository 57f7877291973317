package baton.chassis.idempotency;

import baton.chassis.json.AnswerJson;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.TreeMap;

/** An answer in its final bytes, so that it can be kept and given again exactly. */
public record Answer(int status, Map<String, String> headers, byte[] body) {
  public Answer {
    headers = Map.copyOf(headers);
  }

  public static Answer json(int status, Object body) {
    return new Answer(status, Map.of("Content-Type", "application/json"), AnswerJson.bytes(body));
  }

  public Answer with(String header, String value) {
    var more = new TreeMap<>(headers);
    more.put(header, value);
    return new Answer(status, more, body);
  }

  public Response toResponse() {
    var response = Response.status(status);
    headers.forEach(response::header);
    if (body.length > 0) {
      response.entity(body);
    }
    return response.build();
  }
}
