package baton.contracts;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** What a campaign cost on one day. Without a kind it is media. */
public record Spend(LocalDate date, Money amount, @Nullable SpendKind kind) {}
