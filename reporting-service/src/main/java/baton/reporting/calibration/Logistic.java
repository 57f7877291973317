package baton.reporting.calibration;

import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;

/**
 * A logistic regression on traits that a lead has or hasn't, with a ridge that keeps weights of
 * rare traits small; by Newton's method, so that the same leads always make the same weights.
 *
 * @param errors of the weights
 */
record Logistic(double intercept, double[] weights, double[] errors) {
  /** As if every weight had been seen to be 0 once, with a variance of one. */
  private static final double RIDGE = 1;

  private static final int MOST_STEPS = 100;
  private static final double STILL = 1e-7;

  /** Leads that have the same traits, and how many of them succeeded. */
  record Alike(int[] traits, int leads, int successes) {}

  /**
   * @param near where to begin: the intercept comes last
   */
  static Logistic fit(List<Alike> leads, double[] near) {
    int width = near.length - 1;
    var weights = near;
    var hessian = new DMatrixRMaj(width + 1, width + 1);
    double loss = loss(leads, weights);
    for (int step = 0; step < MOST_STEPS; step++) {
      var towards = direction(leads, weights, hessian);
      double length = 1;
      var next = moved(weights, towards, length);
      double nextLoss = loss(leads, next);
      while (nextLoss > loss + 1e-12 * Math.abs(loss) && length > 1e-6) {
        length /= 2;
        next = moved(weights, towards, length);
        nextLoss = loss(leads, next);
      }
      weights = next;
      loss = nextLoss;
      double most = Arrays.stream(towards).map(Math::abs).max().orElse(0);
      if (most * length < STILL) {
        break;
      }
    }
    direction(leads, weights, hessian);
    var inverse = new DMatrixRMaj(width + 1, width + 1);
    CommonOps_DDRM.invert(hessian, inverse);
    var errors = new double[width];
    for (int i = 0; i < width; i++) {
      errors[i] = Math.sqrt(inverse.get(i, i));
    }
    return new Logistic(weights[width], Arrays.copyOf(weights, width), errors);
  }

  double chance(int[] traits) {
    return chance(logit(traits, weights, intercept));
  }

  static double chance(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }

  private static double logit(int[] traits, double[] weights, double intercept) {
    double sum = intercept;
    for (int trait : traits) {
      sum += weights[trait];
    }
    return sum;
  }

  private static double loss(List<Alike> leads, double[] weights) {
    int width = weights.length - 1;
    double loss = 0;
    for (var alike : leads) {
      double logit = logit(alike.traits(), weights, weights[width]);
      int against = logit > 0 ? alike.leads() - alike.successes() : alike.successes();
      loss += alike.leads() * Math.log1p(Math.exp(-Math.abs(logit))) + against * Math.abs(logit);
    }
    for (int i = 0; i < width; i++) {
      loss += RIDGE / 2 * weights[i] * weights[i];
    }
    return loss;
  }

  /** Newton's next step; the matrix is left as it was for it. */
  private static double[] direction(List<Alike> leads, double[] weights, DMatrixRMaj hessian) {
    int width = weights.length - 1;
    hessian.zero();
    var gradient = new double[width + 1];
    var data = hessian.data;
    for (var alike : leads) {
      var has = alike.traits();
      double chance = chance(logit(has, weights, weights[width]));
      double off = alike.successes() - alike.leads() * chance;
      double weight = alike.leads() * chance * (1 - chance);
      gradient[width] += off;
      data[width * (width + 1) + width] += weight;
      for (int i = 0; i < has.length; i++) {
        int row = has[i] * (width + 1);
        gradient[has[i]] += off;
        data[row + width] += weight;
        for (int j = i; j < has.length; j++) {
          data[row + has[j]] += weight;
        }
      }
    }
    for (int row = 0; row <= width; row++) {
      for (int column = 0; column < row; column++) {
        data[row * (width + 1) + column] = data[column * (width + 1) + row];
      }
    }
    for (int i = 0; i < width; i++) {
      gradient[i] -= RIDGE * weights[i];
      data[i * (width + 1) + i] += RIDGE;
    }
    data[width * (width + 1) + width] += 1e-9;
    var solver = LinearSolverFactory_DDRM.chol(width + 1);
    var step = new DMatrixRMaj(width + 1, 1);
    if (!solver.setA(hessian.copy())) {
      throw new ArithmeticException("the leads don't determine the weights");
    }
    solver.solve(DMatrixRMaj.wrap(width + 1, 1, gradient), step);
    return step.data;
  }

  private static double[] moved(double[] weights, double[] towards, double length) {
    var moved = weights.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += length * towards[i];
    }
    return moved;
  }
}
