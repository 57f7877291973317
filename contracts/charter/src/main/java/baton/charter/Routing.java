package baton.charter;

import baton.charter.expression.Expression;
import java.util.List;

/** Which team a lead goes to, and how turns are kept. */
public record Routing(Mode mode, List<Rule> rules, boolean keepCompanyOwner, int catchUpCap) {

  public enum Mode {
    /** Baton hands leads to sellers. */
    ASSIGN,
    /** The CRM does; Baton watches, and says what it would have done. */
    OBSERVE;

    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** The first rule that holds names the team. */
  public record Rule(String id, Expression when, String team) {}

  public Routing {
    rules = List.copyOf(rules);
  }
}
