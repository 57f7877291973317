package baton.reporting.restatement;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * By how much a figure of a day changed.
 *
 * @param over when the day ended
 * @param origin the id of the keys that say where the leads come from; null where the figure isn't
 *     told by these
 * @param by null where it was many events together
 * @param leads how many leads changed it
 */
public record Change(
    LocalDate day,
    Instant over,
    Figure figure,
    @Nullable UUID origin,
    BigDecimal amount,
    @Nullable By by,
    int leads) {}
