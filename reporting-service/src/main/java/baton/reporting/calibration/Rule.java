package baton.reporting.calibration;

import org.jspecify.annotations.Nullable;

/**
 * A rule of the scoring that was learned.
 *
 * @param field what it reads
 * @param touch the kind of touch, where all it asks is that there was one
 * @param odds how many times the odds of success are where it holds, all else being equal
 * @param leads of how many that were learned from it holds
 * @param rate the share of these that succeeded
 */
public record Rule(
    String id,
    String field,
    String when,
    @Nullable String touch,
    int points,
    double odds,
    int leads,
    double rate) {}
