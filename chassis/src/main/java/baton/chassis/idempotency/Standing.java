package baton.chassis.idempotency;

/** Whether a key is new, was answered before, or came with another body. */
public sealed interface Standing {
  record First() implements Standing {}

  record Again(Answer answer) implements Standing {}

  record Another() implements Standing {}
}
