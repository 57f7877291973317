package baton.handoff.pass.postgres;

/** An adapter for everybody: a rule must notice. */
public record WrongRow(String column) {}
