package dev.vitrine.op;

import dev.vitrine.error.Decimal;
import dev.vitrine.error.Range;
import dev.vitrine.error.UserException;
import dev.vitrine.tensor.Shape;
import java.util.List;

/**
 * The cross-entropy of softmax(logits) against a class, from the logits x (C) and the class number
 * t ().
 *
 * <pre>
 *   q[c]  = (1 − ε)·[c = t] + ε / C            ε: labelSmoothing (Szegedy et al., 2015)
 *   y     = −Σ_c q[c] · logsoftmax(x)[c] = log Σ_k exp(x[k]) − Σ_c q[c] · x[c]
 *   dx[c] = (softmax(x)[c] − q[c]) · dy
 * </pre>
 *
 * The class number is data: it has no gradient.
 *
 * @param labelSmoothing ε, in [0, 1); 0 for none
 */
public record SoftmaxCrossEntropy(double labelSmoothing) implements Op {
  /** Checks the rate. */
  public SoftmaxCrossEntropy {
    requireShare(labelSmoothing);
  }

  /**
   * Checks a share of label smoothing.
   *
   * @throws UserException if it is not in [0, 1)
   */
  public static void requireShare(double labelSmoothing) {
    Range.BELOW_ONE.require("The label smoothing", "a share in [0, 1)", labelSmoothing);
  }

  /**
   * {@return a class number that an example was given}
   *
   * @param label what was given
   * @param classes how many classes there are
   * @throws UserException if it is not a whole number from 0 to {@code classes − 1}
   */
  public static int classNumber(double label, int classes) {
    if (!(label >= 0 && label < classes && label == Math.rint(label))) {
      throw new UserException(
          "SoftmaxCrossEntropy expects a class number from 0 to %s, but got %s"
              .formatted(classes - 1, Decimal.text(label)));
    }
    return (int) label;
  }

  @Override
  public int arity() {
    return 2;
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    if (inputs.get(0).rank() != 1 || inputs.get(1).rank() != 0) {
      throw new UserException(
          "SoftmaxCrossEntropy expects logits of shape (classes) and a class number of shape (), but got %s and %s"
              .formatted(inputs.get(0), inputs.get(1)));
    }
    return Shape.scalar();
  }

  @Override
  public Cost cost(List<Shape> inputs, Shape output) {
    long n = inputs.getFirst().elements();
    return new Cost(0, n, 3 * n, n - 1, n + 1);
  }

  /**
   * {@return the target distribution's weight of class {@code c} among {@code classes}}
   *
   * @param c the class
   * @param label the example's class number
   * @param classes how many classes there are
   */
  public double target(int c, int label, int classes) {
    return (c == label ? 1 - labelSmoothing : 0) + labelSmoothing / classes;
  }

  @Override
  public void evaluate(Call call) {
    double[] x = call.in(0);
    double loss = Softmax.logSumExp(x, 0, 1);
    int label = classNumber(call.in(1)[0], x.length);
    for (int c = 0; c < x.length; c++) {
      loss -= target(c, label, x.length) * x[c];
    }
    call.out()[0] = loss;
  }

  @Override
  public Formula formula() {
    return Formula.of(
        List.of("x", "t"), "log Σ_k exp(x[k]) − Σ_c q[c]·x[c]", "(softmax(x)[c] − q[c])·dy", "0");
  }

  @Override
  public void gradient(Adjoint a) {
    a.to(0, () -> a.ops().apply(new Gradient(this), a.x(0), a.x(1), a.dy()));
  }

  /**
   * {@code dx[c] = (softmax(x)[c] − q[c]) · dy}; inputs: logits, class number, dy.
   *
   * @param of the op whose derivative it is
   */
  public record Gradient(SoftmaxCrossEntropy of) implements Derivative {
    @Override
    public int arity() {
      return 3;
    }

    @Override
    public Cost cost(List<Shape> inputs, Shape output) {
      long n = output.elements();
      return new Cost(0, 2 * n, 3 * n, n - 1, n);
    }

    @Override
    public void evaluate(Call call) {
      double[] x = call.in(0);
      double norm = Softmax.logSumExp(x, 0, 1);
      int label = classNumber(call.in(1)[0], x.length);
      for (int c = 0; c < x.length; c++) {
        double q = of.target(c, label, x.length);
        call.out()[c] = (Math.exp(x[c] - norm) - q) * call.in(2)[0];
      }
    }
  }
}
