package baton.reporting.attribution;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * A whole split by weights in units that can't be split, by the largest remainder; between equal
 * remainders the earlier. The parts add up to the whole, always.
 */
final class Shares {
  private Shares() {}

  /**
   * @param digits after the point that a part may have; the whole has no more
   */
  static BigDecimal[] of(BigDecimal whole, int digits, long[] weights) {
    var units = whole.setScale(digits).unscaledValue();
    return Arrays.stream(of(units, weights))
        .map(part -> new BigDecimal(part, digits))
        .toArray(BigDecimal[]::new);
  }

  private static BigInteger[] of(BigInteger whole, long[] weights) {
    var parts = new BigInteger[weights.length];
    var remainders = new BigInteger[weights.length];
    var all = BigInteger.valueOf(Arrays.stream(weights).sum());
    var left = whole.abs();
    for (int i = 0; i < weights.length; i++) {
      var part = whole.abs().multiply(BigInteger.valueOf(weights[i])).divideAndRemainder(all);
      parts[i] = part[0];
      remainders[i] = part[1];
      left = left.subtract(part[0]);
    }
    IntStream.range(0, weights.length)
        .boxed()
        .sorted(Comparator.comparing((Integer i) -> remainders[i]).reversed())
        .limit(left.longValueExact())
        .forEach(i -> parts[i] = parts[i].add(BigInteger.ONE));
    if (whole.signum() < 0) {
      Arrays.setAll(parts, i -> parts[i].negate());
    }
    return parts;
  }
}
