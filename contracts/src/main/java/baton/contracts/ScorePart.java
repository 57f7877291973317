package baton.contracts;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What one rule of the charter gave a lead, in points. */
public record ScorePart(String rule, BigDecimal points, @Nullable String why) {}
