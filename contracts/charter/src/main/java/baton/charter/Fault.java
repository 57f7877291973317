package baton.charter;

/** What is wrong with a charter: where, as a JSON Pointer, and what a person can do about it. */
public record Fault(String pointer, String detail) {}
