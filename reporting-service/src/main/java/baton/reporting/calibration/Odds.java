package baton.reporting.calibration;

/**
 * Which chance of success a score means: the line of log-odds that fits the leads learned from
 * best.
 */
record Odds(double atZero, double perPoint) {
  private static final int MOST_STEPS = 50;
  private static final double RIDGE = 1e-3;

  static Odds of(double[] scores, boolean[] success) {
    double mean = 0;
    for (double score : scores) {
      mean += score / scores.length;
    }
    double spread = 0;
    for (double score : scores) {
      spread += (score - mean) * (score - mean) / scores.length;
    }
    spread = spread == 0 ? 1 : Math.sqrt(spread);
    double level = 0;
    double slope = 0;
    for (int step = 0; step < MOST_STEPS; step++) {
      double ofLevel = 0;
      double ofSlope = -RIDGE * slope;
      double levels = 1e-9;
      double both = 0;
      double slopes = RIDGE;
      for (int i = 0; i < scores.length; i++) {
        double x = (scores[i] - mean) / spread;
        double chance = Logistic.chance(level + slope * x);
        double off = (success[i] ? 1 : 0) - chance;
        double weight = chance * (1 - chance);
        ofLevel += off;
        ofSlope += off * x;
        levels += weight;
        both += weight * x;
        slopes += weight * x * x;
      }
      double determinant = levels * slopes - both * both;
      double byLevel = (slopes * ofLevel - both * ofSlope) / determinant;
      double bySlope = (levels * ofSlope - both * ofLevel) / determinant;
      level += Math.clamp(byLevel, -4, 4);
      slope += Math.clamp(bySlope, -4, 4);
      if (Math.abs(byLevel) + Math.abs(bySlope) < 1e-10) {
        break;
      }
    }
    return new Odds(level - slope * mean / spread, slope / spread);
  }

  double chance(double score) {
    return Logistic.chance(atZero + perPoint * score);
  }
}
