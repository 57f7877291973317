package baton.local.audit;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Money as people write it into spreadsheets: {@code 1,250.00}, {@code € 1.250,00}. */
record Amount(BigDecimal value, String currency) {
  private static final Pattern FIGURES = Pattern.compile("-?[0-9][0-9.,]*");
  private static final Pattern GROUPED = Pattern.compile("-?[0-9]{1,3}([.,][0-9]{3})+");

  /** The amount, null where there is none to be read; the currency is empty where nobody says. */
  static @Nullable Amount read(String text, @Nullable String currency) {
    var bare = text.replaceAll("[\\s\\u00a0\\u202f'’]", "");
    var figures = FIGURES.matcher(bare);
    if (!figures.find()) {
      return null;
    }
    return new Amount(number(figures.group()), currency == null ? sign(bare) : currency);
  }

  private static BigDecimal number(String figures) {
    int point = Math.max(figures.lastIndexOf(','), figures.lastIndexOf('.'));
    char last = point < 0 ? '.' : figures.charAt(point);
    boolean many = figures.indexOf(last) != point;
    boolean both = figures.indexOf(',') >= 0 && figures.indexOf('.') >= 0;
    boolean groups =
        many || !both && last == ',' && GROUPED.matcher(figures).matches() || point < 0;
    if (groups) {
      return new BigDecimal(figures.replaceAll("[.,]", ""));
    }
    var fraction = figures.substring(point + 1);
    var whole = figures.substring(0, point).replaceAll("[.,]", "");
    return new BigDecimal(fraction.isEmpty() ? whole : whole + "." + fraction);
  }

  private static String sign(String text) {
    if (text.contains("€") || text.contains("EUR")) {
      return "EUR";
    }
    if (text.contains("£") || text.contains("GBP")) {
      return "GBP";
    }
    return text.contains("USD") ? "USD" : "";
  }
}
