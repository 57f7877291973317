package baton.reporting.money;

import java.util.Currency;

/** How many digits after the point a currency has. */
public final class Digits {
  private static final int USUAL = 2;

  private Digits() {}

  public static int of(String currency) {
    try {
      return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
    } catch (IllegalArgumentException unknown) {
      return USUAL;
    }
  }
}
