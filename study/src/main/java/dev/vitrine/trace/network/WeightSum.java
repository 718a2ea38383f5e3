package dev.vitrine.trace.network;

import dev.vitrine.graph.Interpreter;
import dev.vitrine.nn.Model;
import dev.vitrine.op.Affine;
import dev.vitrine.op.Convolution;
import dev.vitrine.op.Formula;
import dev.vitrine.op.Op;
import dev.vitrine.op.Value;
import dev.vitrine.op.Window;
import dev.vitrine.tensor.Shape;
import dev.vitrine.trace.layer.Places;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * One weight's gradient as the sum that it is: over everything that the weight had a part in, what
 * came back to that, times the part's slope.
 *
 * @param parameter the parameter's name
 * @param element the weight's count in it
 * @param shape the parameter's
 * @param weight its number
 * @param rule the parameter's gradient as its op says it
 * @param terms those that are not 0, the largest first
 * @param all how many numbers the weight had a part in, those that hand nothing back included
 * @param sum of the terms
 * @param gradient by the engine's backward pass
 * @param quotient of differences of the loss; empty for a network too large for double precision
 */
public record WeightSum(
    String parameter,
    int element,
    Shape shape,
    double weight,
    String rule,
    List<Term> terms,
    int all,
    double sum,
    double gradient,
    OptionalDouble quotient) {
  /** By how much the weight is changed for differences, as a share of its size or of 1. */
  private static final double STEP = 1e-6;

  /** How far numbers may be apart where all is in single precision, as a share of their sizes. */
  private static final double SINGLE = 1e-4;

  /** Of differences: what rounding of the loss leaves, and kinks. */
  private static final double ROUGH = 1e-3;

  /** Copies the list. */
  public WeightSum {
    terms = List.copyOf(terms);
  }

  /**
   * A part of the sum.
   *
   * @param of what the weight had a part in, such as {@code conv1[2,0,0]}
   * @param gradient of the loss with respect to that
   * @param factor what it is multiplied by there, such as {@code input[0,1,1]}; empty if that is no
   *     single number of the network
   * @param slope that number
   */
  public record Term(String of, double gradient, String factor, double slope) {
    /** {@return what it adds} */
    public double product() {
      return gradient * slope;
    }
  }

  static WeightSum of(
      NetworkGraph graph, String parameter, int element, Function<Value, double[]> numbers) {
    Value leaf = graph.parameters().get(parameter);
    WeightUses uses = WeightUses.of(graph.graph(), leaf);
    List<Term> terms = new ArrayList<>();
    int all = 0;
    String rule = "";
    for (Value front : uses.fronts()) {
      Value back = graph.gradientOf(front);
      double[] dy = back == null ? new double[front.shape().elements()] : numbers.apply(back);
      double[] slopes = uses.slopes(front, element, numbers);
      int place = front.inputs().indexOf(leaf);
      rule = place < 0 ? rule : rule(front.op(), place);
      for (int k = 0; k < slopes.length; k++) {
        all += slopes[k] == 0 ? 0 : 1;
        if (slopes[k] * dy[k] != 0) {
          String of = Places.name(name(front), k, front.shape());
          terms.add(new Term(of, dy[k], place == 1 ? factor(front, element, k) : "", slopes[k]));
        }
      }
    }
    terms.sort((a, b) -> Double.compare(Math.abs(b.product()), Math.abs(a.product())));
    Value back = graph.gradientOf(leaf);
    return new WeightSum(
        parameter,
        element,
        leaf.shape(),
        numbers.apply(leaf)[element],
        rule,
        terms,
        all,
        terms.stream().mapToDouble(Term::product).sum(),
        back == null ? 0 : numbers.apply(back)[element],
        quotient(graph, leaf, parameter, element));
  }

  private static String name(Value value) {
    return value.scope().isEmpty() ? Model.INPUT : value.scope();
  }

  private static String rule(Op op, int place) {
    Formula formula = op.formula();
    String derivative = formula.derivatives().get(place);
    return "d%s = %s"
        .formatted(
            formula.inputs().get(place),
            formula.elementwise() ? "dy·(%s)".formatted(derivative) : derivative);
  }

  /** The number of the layer's input that a weight was multiplied by, where there is one. */
  private static String factor(Value front, int element, int k) {
    Value x = front.inputs().getFirst();
    Shape w = front.inputs().get(1).shape();
    return switch (front.op()) {
      case Affine _ -> Places.name(name(x), element % w.size(1), x.shape());
      case Convolution convolution -> {
        Window window = convolution.window();
        int taps = w.size(2) * w.size(3);
        int width = front.shape().size(2);
        int plane = front.shape().size(1) * width;
        int channels = w.size(1);
        int group = k / plane * convolution.groups() / w.size(0);
        int c = group * channels + element / taps % channels;
        int i = window.h().source(k % plane / width, element % taps / w.size(3));
        int j = window.w().source(k % width, element % w.size(3));
        yield "%s[%s,%s,%s]".formatted(name(x), c, i, j);
      }
      default -> "";
    };
  }

  private static OptionalDouble quotient(
      NetworkGraph graph, Value leaf, String parameter, int element) {
    if (!graph.precise()) {
      return OptionalDouble.empty();
    }
    Interpreter interpreter = graph.interpreter();
    Interpreter.Values before = interpreter.run(graph.graph());
    double[] numbers = before.of(leaf, 0);
    double h = STEP * Math.max(1, Math.abs(numbers[element]));
    double[] losses = new double[2];
    for (int side = 0; side < 2; side++) {
      double[] moved = numbers.clone();
      moved[element] += side == 0 ? h : -h;
      interpreter.parameter(parameter, moved);
      losses[side] = interpreter.rerun(graph.graph(), before, leaf).number(graph.loss());
    }
    return OptionalDouble.of((losses[0] - losses[1]) / (2 * h));
  }

  /** {@return the weight by its name: {@code conv1.weight[2,0,1,1]}} */
  public String name() {
    return Places.name(parameter, element, shape);
  }

  private double size() {
    return terms.stream().mapToDouble(term -> Math.abs(term.product())).sum();
  }

  /** {@return whether the sum is the engine's gradient, as far as rounding goes} */
  public boolean holds() {
    double share = quotient.isPresent() ? 1e-9 : SINGLE;
    return Math.abs(sum - gradient) <= share * size();
  }

  /** {@return whether differences of the loss give it, too; true if there are none} */
  public boolean holdsByDifferences() {
    return quotient.isEmpty()
        || Math.abs(quotient.getAsDouble() - gradient) <= ROUGH * Math.abs(gradient) + 1e-8;
  }
}
