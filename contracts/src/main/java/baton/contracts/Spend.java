package baton.contracts;

import java.time.LocalDate;

/** What a campaign cost on one day. */
public record Spend(LocalDate date, Money amount) {}
