package dev.vitrine.kernel;

import dev.vitrine.op.Binary;
import dev.vitrine.op.Elementary;
import dev.vitrine.op.Grid;
import dev.vitrine.op.Rectifier;
import dev.vitrine.op.Sigmoidal;
import dev.vitrine.op.Unary;
import java.util.Arrays;

/**
 * The functions of {@link Unary}, their derivatives and those of {@link Binary} over arrays, one
 * loop each.
 */
public final class ScalarFunctions {
  private ScalarFunctions() {}

  /** {@link Kernels#binary}. */
  static void apply(Binary op, float[] a, int a0, float[] b, int b0, float[] y, int y0, int n) {
    switch (op) {
      case ADD -> {
        for (int i = 0; i < n; i++) {
          y[y0 + i] = FloatArithmetic.add(a[a0 + i], b[b0 + i]);
        }
      }
      case SUBTRACT -> {
        for (int i = 0; i < n; i++) {
          y[y0 + i] = FloatArithmetic.subtract(a[a0 + i], b[b0 + i]);
        }
      }
      case MULTIPLY -> {
        for (int i = 0; i < n; i++) {
          y[y0 + i] = FloatArithmetic.multiply(a[a0 + i], b[b0 + i]);
        }
      }
      case DIVIDE -> {
        for (int i = 0; i < n; i++) {
          y[y0 + i] = FloatArithmetic.divide(a[a0 + i], b[b0 + i]);
        }
      }
    }
  }

  /**
   * {@code y = f(x)} for {@code n} elements; x and y may be the same.
   *
   * @param f the function
   * @param x inputs
   * @param x0 where x starts in its array
   * @param y outputs, overwritten
   * @param y0 where y starts in its array
   * @param n how many elements
   */
  public static void apply(Unary f, float[] x, int x0, float[] y, int y0, int n) {
    switch (f) {
      case Elementary.Negate _ -> map(x, x0, y, y0, n, -1, 0);
      case Elementary.Scale s -> map(x, x0, y, y0, n, (float) s.factor(), 0);
      case Elementary.Shift s -> map(x, x0, y, y0, n, 1, (float) s.addend());
      case Rectifier.Relu _ -> {
        for (int i = 0; i < n; i++) {
          y[y0 + i] = FloatActivations.relu(x[x0 + i]);
        }
      }
      case Rectifier.LeakyRelu l -> {
        float slope = (float) l.slope();
        for (int i = 0; i < n; i++) {
          y[y0 + i] = FloatActivations.leakyRelu(x[x0 + i], slope);
        }
      }
      case Elementary.Square _ -> {
        for (int i = 0; i < n; i++) {
          y[y0 + i] = x[x0 + i] * x[x0 + i];
        }
      }
      case Elementary.Exp _ -> {
        for (int i = 0; i < n; i++) {
          y[y0 + i] = FloatMath.exp(x[x0 + i]);
        }
      }
      case Elementary.Log _ -> {
        for (int i = 0; i < n; i++) {
          y[y0 + i] = FloatMath.log(x[x0 + i]);
        }
      }
      case Elementary.Power p -> {
        for (int i = 0; i < n; i++) {
          y[y0 + i] = power(x[x0 + i], p.exponent());
        }
      }
      case Rectifier.Elu e -> {
        float alpha = (float) e.alpha();
        for (int i = 0; i < n; i++) {
          y[y0 + i] = FloatActivations.elu(x[x0 + i], alpha);
        }
      }
      case Sigmoidal.Sigmoid _ -> {
        for (int i = 0; i < n; i++) {
          y[y0 + i] = FloatMath.sigmoid(x[x0 + i]);
        }
      }
      case Sigmoidal.Tanh _ -> {
        for (int i = 0; i < n; i++) {
          y[y0 + i] = FloatMath.tanh(x[x0 + i]);
        }
      }
      case Sigmoidal.Softplus _ -> {
        for (int i = 0; i < n; i++) {
          y[y0 + i] = FloatMath.softplus(x[x0 + i]);
        }
      }
      case Rectifier.Clip c -> {
        float min = (float) c.min();
        float max = (float) c.max();
        for (int i = 0; i < n; i++) {
          y[y0 + i] = Math.min(Math.max(x[x0 + i], min), max);
        }
      }
      case Grid g -> {
        float step = (float) g.step();
        float least = g.least();
        float most = g.most();
        for (int i = 0; i < n; i++) {
          y[y0 + i] = FloatActivations.grid(x[x0 + i], step, least, most);
        }
      }
      case Sigmoidal.Silu _ -> {
        for (int i = 0; i < n; i++) {
          y[y0 + i] = FloatActivations.silu(x[x0 + i]);
        }
      }
      case Sigmoidal.Gelu _ -> {
        for (int i = 0; i < n; i++) {
          y[y0 + i] = FloatActivations.gelu(x[x0 + i]);
        }
      }
      case Sigmoidal.GeluTanh _ -> {
        for (int i = 0; i < n; i++) {
          y[y0 + i] = FloatActivations.geluTanh(x[x0 + i]);
        }
      }
    }
  }

  private static void map(float[] x, int x0, float[] y, int y0, int n, float a, float b) {
    for (int i = 0; i < n; i++) {
      y[y0 + i] = a * x[x0 + i] + b;
    }
  }

  /**
   * {@code StrictMath}'s power, rounded: no faster form with the same bits everywhere is needed.
   */
  private static float power(float x, double exponent) {
    return (float) StrictMath.pow(x, exponent);
  }

  /**
   * {@code dx = f′ · dy}; {@code v} is f's output or input, as f says; dx and dy may be the same.
   *
   * @param f the function
   * @param v the function's outputs or inputs
   * @param v0 where v starts in its array
   * @param dy gradients with respect to the outputs
   * @param dy0 where dy starts in its array
   * @param dx gradients with respect to the inputs, overwritten
   * @param dx0 where dx starts in its array
   * @param n how many elements
   */
  public static void derivative(
      Unary f, float[] v, int v0, float[] dy, int dy0, float[] dx, int dx0, int n) {
    switch (f) {
      case Elementary.Negate _ -> map(dy, dy0, dx, dx0, n, -1, 0);
      case Elementary.Scale s -> map(dy, dy0, dx, dx0, n, (float) s.factor(), 0);
      case Elementary.Shift _ -> map(dy, dy0, dx, dx0, n, 1, 0);
      case Rectifier.Relu _ -> {
        for (int i = 0; i < n; i++) {
          dx[dx0 + i] = FloatActivations.reluGradient(v[v0 + i], dy[dy0 + i]);
        }
      }
      case Rectifier.LeakyRelu l -> {
        float slope = (float) l.slope();
        for (int i = 0; i < n; i++) {
          dx[dx0 + i] = FloatActivations.leakyReluGradient(v[v0 + i], dy[dy0 + i], slope);
        }
      }
      case Elementary.Square _ -> {
        for (int i = 0; i < n; i++) {
          dx[dx0 + i] = 2 * v[v0 + i] * dy[dy0 + i];
        }
      }
      case Elementary.Exp _ -> {
        for (int i = 0; i < n; i++) {
          dx[dx0 + i] = v[v0 + i] * dy[dy0 + i];
        }
      }
      case Elementary.Log _ -> {
        for (int i = 0; i < n; i++) {
          dx[dx0 + i] = dy[dy0 + i] / v[v0 + i];
        }
      }
      case Elementary.Power p -> {
        for (int i = 0; i < n; i++) {
          float slope =
              p.exponent() == 0 ? 0 : (float) p.exponent() * power(v[v0 + i], p.exponent() - 1);
          dx[dx0 + i] = slope * dy[dy0 + i];
        }
      }
      case Rectifier.Elu e -> {
        float alpha = (float) e.alpha();
        for (int i = 0; i < n; i++) {
          dx[dx0 + i] = FloatActivations.eluGradient(v[v0 + i], dy[dy0 + i], alpha);
        }
      }
      case Sigmoidal.Sigmoid _ -> {
        for (int i = 0; i < n; i++) {
          dx[dx0 + i] = FloatActivations.sigmoidGradient(v[v0 + i], dy[dy0 + i]);
        }
      }
      case Sigmoidal.Tanh _ -> {
        for (int i = 0; i < n; i++) {
          dx[dx0 + i] = FloatActivations.tanhGradient(v[v0 + i], dy[dy0 + i]);
        }
      }
      case Sigmoidal.Softplus _ -> {
        for (int i = 0; i < n; i++) {
          dx[dx0 + i] = FloatActivations.softplusGradient(v[v0 + i], dy[dy0 + i]);
        }
      }
      case Rectifier.Clip c -> {
        float min = (float) c.min();
        float max = (float) c.max();
        for (int i = 0; i < n; i++) {
          float u = v[v0 + i];
          dx[dx0 + i] = u > min && u < max ? dy[dy0 + i] : 0;
        }
      }
      case Grid _ -> Arrays.fill(dx, dx0, dx0 + n, 0);
      case Sigmoidal.Silu _ -> {
        for (int i = 0; i < n; i++) {
          dx[dx0 + i] = FloatActivations.siluGradient(v[v0 + i], dy[dy0 + i]);
        }
      }
      case Sigmoidal.Gelu _ -> {
        for (int i = 0; i < n; i++) {
          dx[dx0 + i] = FloatActivations.geluGradient(v[v0 + i], dy[dy0 + i]);
        }
      }
      case Sigmoidal.GeluTanh _ -> {
        for (int i = 0; i < n; i++) {
          dx[dx0 + i] = FloatActivations.geluTanhGradient(v[v0 + i], dy[dy0 + i]);
        }
      }
    }
  }
}
