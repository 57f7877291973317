package baton.chassis.command;

import baton.chassis.problem.Faults;
import baton.contracts.Money;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An amount of money as it is sent. */
public record Sum(@Nullable BigDecimal amount, @Nullable String currency) {
  private static final Set<String> CURRENCIES =
      Currency.getAvailableCurrencies().stream()
          .map(Currency::getCurrencyCode)
          .collect(Collectors.toUnmodifiableSet());

  public void check(String pointer, Faults faults) {
    faults.require(amount, pointer + "/amount");
    if (amount != null && amount.signum() < 0) {
      faults.add(pointer + "/amount", "must not be negative");
    }
    faults.require(currency, pointer + "/currency");
    if (currency != null && !currency.isBlank() && !CURRENCIES.contains(currency)) {
      faults.add(pointer + "/currency", "must be a currency of ISO 4217, as EUR");
    }
  }

  /** With as many decimals as the currency has, or more where more were sent. */
  public Money money() {
    return money(amount == null ? BigDecimal.ZERO : amount, String.valueOf(currency));
  }

  /** The same of an amount that is known to be right. */
  public static Money money(BigDecimal amount, String currency) {
    var exact = amount.stripTrailingZeros();
    int decimals = Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
    return new Money(exact.setScale(Math.max(decimals, exact.scale())), currency);
  }
}
