package baton.charter;

import baton.charter.expression.Expression;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A kind of person both sides sell to; the first whose rule holds is the lead's. */
public record Persona(
    String id,
    String name,
    Expression when,
    List<String> painPoints,
    List<String> objections,
    Map<String, StageMeaning> stages,
    Ready ready) {

  /** What a stage means for this persona, and which facts a seller must give to say so. */
  public record StageMeaning(String text, List<String> required) {
    public StageMeaning {
      required = List.copyOf(required);
    }
  }

  /**
   * The MQL line: a score of at least this much, or the rule that skips the score, and in either
   * case every one of the fields. Without a score only the rule makes a lead ready.
   */
  public record Ready(
      @Nullable BigDecimal score, List<String> fields, @Nullable Expression instantly) {
    public Ready {
      fields = List.copyOf(fields);
    }
  }

  public Persona {
    painPoints = List.copyOf(painPoints);
    objections = List.copyOf(objections);
    stages = Ordered.map(stages);
  }
}
