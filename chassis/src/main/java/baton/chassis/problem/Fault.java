package baton.chassis.problem;

/** One bad field: where it stands, as a JSON Pointer, and what a person can do about it. */
public record Fault(String pointer, String detail) {}
