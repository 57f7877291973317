package baton.chassis.charter;

import baton.charter.Agreement;
import baton.charter.Form;
import baton.charter.Read;
import baton.chassis.json.ContentType;
import baton.chassis.problem.Fault;
import baton.chassis.problem.Problem;
import org.jspecify.annotations.Nullable;

/** Charters as clients send them, in YAML or as the same JSON. */
public final class Drafts {
  public static final String YAML = "application/yaml";
  public static final String OLDER_YAML = "application/x-yaml";
  public static final String TEXT_YAML = "text/yaml";

  private Drafts() {}

  public static Form form(@Nullable String contentType) {
    return ContentType.of(contentType).contains("yaml") ? Form.YAML : Form.JSON;
  }

  /** Refused with all that is wrong with it. Compiling its rules takes a while. */
  public static Agreement read(byte[] body, Form form) {
    return switch (Agreement.read(body, form)) {
      case Read.Good(var agreement) -> agreement;
      case Read.Faulty(var faults) ->
          throw Problem.invalid(
              faults.stream().map(fault -> new Fault(fault.pointer(), fault.detail())).toList());
    };
  }
}
