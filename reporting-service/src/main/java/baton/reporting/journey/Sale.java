package baton.reporting.journey;

import java.math.BigDecimal;
import java.time.Instant;

/** A won deal with its amount. */
public record Sale(Instant at, BigDecimal amount, String currency, int charter) {}
