package baton.chassis.problem;

/** Every type of problem there is. Scripts branch on the type: a word here never changes. */
public enum ProblemType {
  MALFORMED(400, "The request can't be read"),
  UNAUTHENTICATED(401, "A valid key is needed"),
  FORBIDDEN(403, "Not for this role"),
  NOT_FOUND(404, "There is no such thing"),
  METHOD_NOT_ALLOWED(405, "Not possible here"),
  NOT_ACCEPTABLE(406, "Not available in that format"),
  TOO_SLOW(408, "The request took too long to arrive"),
  CONFLICT(409, "Not possible in the current state"),
  GONE(410, "It was erased"),
  STALE(412, "Somebody changed it in between"),
  TOO_LARGE(413, "The request is too large"),
  ADDRESS_TOO_LONG(414, "The address is too long"),
  UNSUPPORTED(415, "Not in a format that is taken here"),
  INVALID(422, "Something in it is not right"),
  KEY_REUSED(422, "The Idempotency-Key belongs to another body"),
  PRECONDITION_REQUIRED(428, "If-Match is missing"),
  TOO_MANY_REQUESTS(429, "Too many requests"),
  HEADERS_TOO_LARGE(431, "The headers are too large"),
  INTERNAL(500, "Something went wrong on our side"),
  UNAVAILABLE(503, "Not available at the moment");

  private final int status;
  private final String title;

  ProblemType(int status, String title) {
    this.status = status;
    this.title = title;
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  public String uri() {
    return "urn:baton:problem:" + name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
