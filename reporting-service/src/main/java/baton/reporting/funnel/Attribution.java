package baton.reporting.funnel;

import baton.reporting.attribution.Credits;
import baton.reporting.attribution.Terms;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who is owed what of the deals that were won in a time.
 *
 * @param question when they were won, and of which leads
 * @param completeTo everything Baton learned until then is counted; null when nobody knows yet
 */
public record Attribution(
    Question question, Terms terms, @Nullable Instant completeTo, Credits credits) {}
