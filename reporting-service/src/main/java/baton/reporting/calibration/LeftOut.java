package baton.reporting.calibration;

/** A field that isn't learned from, and why. */
public record LeftOut(String field, String why) {}
