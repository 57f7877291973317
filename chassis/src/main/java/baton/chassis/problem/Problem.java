package baton.chassis.problem;

import baton.chassis.json.AnswerJson;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A refusal, thrown from wherever it is found out and answered as RFC 9457 {@code
 * application/problem+json}. Carries no stack trace: it is an answer, not a failure.
 */
public final class Problem extends RuntimeException {
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final long serialVersionUID = 1;

  private final ProblemType type;
  private final transient List<Fault> errors;
  private final @Nullable String state;
  private final transient Map<String, String> headers;

  private Problem(
      ProblemType type,
      String detail,
      List<Fault> errors,
      @Nullable String state,
      Map<String, String> headers) {
    super(detail, null, false, false);
    this.type = type;
    this.errors = List.copyOf(errors);
    this.state = state;
    this.headers = Map.copyOf(headers);
  }

  public static Problem of(ProblemType type, String detail) {
    return new Problem(type, detail, List.of(), null, Map.of());
  }

  public static Problem malformed(String detail) {
    return of(ProblemType.MALFORMED, detail);
  }

  public static Problem invalid(List<Fault> errors) {
    var detail =
        errors.size() == 1
            ? "One field is not right; see errors."
            : errors.size() + " fields are not right; see errors.";
    return new Problem(ProblemType.INVALID, detail, errors, null, Map.of());
  }

  public static Problem invalid(String pointer, String detail) {
    return invalid(List.of(new Fault(pointer, detail)));
  }

  /** An Idempotency-Key that belongs to another body. */
  public static Problem reused(String detail) {
    return of(ProblemType.KEY_REUSED, detail);
  }

  public static Problem unauthenticated() {
    return new Problem(
        ProblemType.UNAUTHENTICATED,
        "Send a key that holds as 'Authorization: Bearer baton_…' or as 'X-Api-Key'.",
        List.of(),
        null,
        Map.of("WWW-Authenticate", "Bearer realm=\"baton\""));
  }

  public static Problem forbidden(String detail) {
    return of(ProblemType.FORBIDDEN, detail);
  }

  /** A key that holds, but not for this. */
  public static Problem otherRole() {
    return forbidden("The key's role may not do this.");
  }

  public static Problem notFound(String detail) {
    return of(ProblemType.NOT_FOUND, detail);
  }

  /** Not possible in {@code state}, which the answer names. */
  public static Problem conflict(String detail, String state) {
    return new Problem(ProblemType.CONFLICT, detail, List.of(), state, Map.of());
  }

  /** A person's data that was erased, and is known to have been. */
  public static Problem gone(String detail) {
    return of(ProblemType.GONE, detail);
  }

  public static Problem stale() {
    return of(
        ProblemType.STALE, "It changed since you read it: read it again, then send its new ETag.");
  }

  public static Problem tooLarge(String detail) {
    return of(ProblemType.TOO_LARGE, detail);
  }

  public static Problem unsupported(String detail) {
    return of(ProblemType.UNSUPPORTED, detail);
  }

  public static Problem preconditionRequired() {
    return of(ProblemType.PRECONDITION_REQUIRED, "Read it first, then send its ETag as If-Match.");
  }

  public static Problem tooMany(Duration retryAfter) {
    return new Problem(
        ProblemType.TOO_MANY_REQUESTS,
        "Nothing was done; send it again after Retry-After, in seconds.",
        List.of(),
        null,
        retryAfter(retryAfter));
  }

  public static Problem internal() {
    return of(ProblemType.INTERNAL, "It was logged. If it comes again, tell whoever runs Baton.");
  }

  /** Whether the database was away: the same again may succeed later. */
  public static boolean isUnavailable(Throwable failure) {
    return failure instanceof Problem problem && problem.type == ProblemType.UNAVAILABLE;
  }

  public static Problem unavailable(Duration retryAfter) {
    return new Problem(
        ProblemType.UNAVAILABLE,
        "The database can't take this now. Nothing was changed; send it again later.",
        List.of(),
        null,
        retryAfter(retryAfter));
  }

  private static Map<String, String> retryAfter(Duration wait) {
    return Map.of("Retry-After", Long.toString(Math.max(1, wait.toSeconds())));
  }

  public ProblemType type() {
    return type;
  }

  public int status() {
    return type.status();
  }

  public List<Fault> errors() {
    return errors;
  }

  public @Nullable String state() {
    return state;
  }

  public Map<String, String> headers() {
    return headers;
  }

  public byte[] body() {
    var members = new LinkedHashMap<String, Object>();
    members.put("type", type.uri());
    members.put("title", type.title());
    members.put("status", type.status());
    members.put("detail", String.valueOf(getMessage()));
    if (state != null) {
      members.put("state", state);
    }
    if (!errors.isEmpty()) {
      members.put("errors", errors);
    }
    return AnswerJson.bytes(members);
  }
}
