package baton.charter.expression;

/** What became of a rule's text: something to ask, or what is wrong with it. */
public sealed interface Checked {
  record Fine(Expression expression) implements Checked {}

  record Refused(String detail) implements Checked {}
}
