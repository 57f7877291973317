package baton.chassis.problem;

import java.util.List;

/** Says which formats a body may have, to who sent it in another. */
final class Formats {
  private Formats() {}

  static Problem refused(List<String> taken) {
    return Problem.unsupported(
        taken.isEmpty()
            ? "Send JSON with Content-Type: application/json."
            : "Send the body with Content-Type: " + String.join(" or ", taken) + ".");
  }
}
