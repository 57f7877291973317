package baton.reporting.calibration;

/** A number, between low and high with 95 % certainty. */
public record Estimate(double value, double low, double high) {}
