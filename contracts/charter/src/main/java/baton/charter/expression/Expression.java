package baton.charter.expression;

import com.google.re2j.PatternSyntaxException;
import dev.cel.common.CelErrorCode;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.Program;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A rule that was checked, ready to be asked, by any number of threads at once. Two are equal when
 * they say the same.
 */
public final class Expression {
  private final String text;
  private final boolean always;
  private final Program program;
  private final Set<String> read;

  Expression(String text, Program program, Set<String> read) {
    this.text = text;
    this.always = text.strip().equals("true");
    this.program = program;
    this.read = read;
  }

  public String text() {
    return text;
  }

  /** Whether it holds whatever the facts, so that no rule after it is ever asked. */
  public boolean always() {
    return always;
  }

  public boolean holds(Facts facts) {
    return ask(facts).holds();
  }

  public Answer ask(Facts facts) {
    if (always()) {
      return Answer.YES;
    }
    try {
      return Boolean.TRUE.equals(program.eval(facts.variables())) ? Answer.YES : Answer.NO;
    } catch (CelEvaluationException unknown) {
      return unanswered(unknown);
    }
  }

  private Answer unanswered(CelEvaluationException failure) {
    if (failure.getErrorCode() == CelErrorCode.ATTRIBUTE_NOT_FOUND) {
      var message = String.valueOf(failure.getMessage());
      var missing =
          read.stream()
              .filter(
                  path -> message.contains("'" + path.substring(path.lastIndexOf('.') + 1) + "'"))
              .sorted()
              .toList();
      return new Answer(false, missing.isEmpty() ? List.of("a fact it reads") : missing, null);
    }
    return new Answer(
        false,
        List.of(),
        switch (failure.getErrorCode()) {
          case ITERATION_BUDGET_EXCEEDED -> "the lead has too many touches for this rule";
          case DIVIDE_BY_ZERO -> "divides by zero";
          case NUMERIC_OVERFLOW -> "a number in it grows too large";
          default ->
              failure.getCause() instanceof PatternSyntaxException
                  ? "a pattern in it can't be read"
                  : "what it reads is of another type than it expects";
        });
  }

  /** The facts it reads outside {@code has()}, such as {@code company.employees}. */
  public Set<String> read() {
    return read.stream().collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Expression expression && text.equals(expression.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
