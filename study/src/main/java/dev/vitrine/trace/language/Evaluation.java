package dev.vitrine.trace.language;

import dev.vitrine.error.Quote;
import dev.vitrine.op.Binary;
import dev.vitrine.tensor.Shape;
import dev.vitrine.trace.language.Expression.Apply;
import dev.vitrine.trace.language.Expression.Arithmetic;
import dev.vitrine.trace.language.Expression.Cases;
import dev.vitrine.trace.language.Expression.Fold;
import dev.vitrine.trace.language.Expression.Literal;
import dev.vitrine.trace.language.Expression.Name;
import dev.vitrine.trace.language.Expression.Negation;
import dev.vitrine.trace.language.Expression.Power;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The numbers of an expression, calculated from its text alone and not by the engine's graph: the
 * second witness of whatever a trace shows.
 */
public final class Evaluation {
  private final Map<String, Tensor> names;

  private Evaluation(Map<String, Tensor> names) {
    this.names = names;
  }

  /**
   * {@return the numbers of an expression}
   *
   * @param expression what to calculate
   * @param names the numbers of its names
   * @throws dev.vitrine.error.UserException if a name has none, or shapes do not fit
   */
  public static Tensor of(Expression expression, Map<String, Tensor> names) {
    return new Evaluation(names).value(expression);
  }

  /** The number of an expression without names. */
  static double number(Expression expression) {
    Tensor value = of(Names.withConstants(expression, Set.of()), Map.of());
    if (!value.isScalar()) {
      throw expression.at().fault("expected a number, but got one of shape " + value.shape());
    }
    return value.at(0);
  }

  private Tensor value(Expression expression) {
    return switch (expression) {
      case Expression.Numeral number -> Tensor.of(number.value());
      case Literal literal -> literal.value();
      case Name name -> {
        Tensor known = names.get(name.name());
        if (known == null) {
          throw name.at().fault("%s has no value".formatted(Quote.of(name.name())));
        }
        yield known;
      }
      case Negation negation -> value(negation.x()).map(v -> -v);
      case Power power -> value(power.base()).map(v -> power(v, power.exponent()));
      case Apply apply -> value(apply.x()).map(apply.function().value());
      case Fold fold -> fold(fold.kind(), value(fold.x()));
      case Arithmetic arithmetic ->
          arithmetic(arithmetic, value(arithmetic.a()), value(arithmetic.b()));
      case Cases cases -> cases(cases);
    };
  }

  /** Element by element, as all that has cases is. */
  private Tensor cases(Cases cases) {
    Tensor then = value(cases.value());
    Tensor otherwise = value(cases.otherwise());
    List<Tensor> sides = new ArrayList<>(List.of(then, otherwise));
    List<Tensor> greater = new ArrayList<>();
    List<Tensor> less = new ArrayList<>();
    for (Cases.Condition condition : cases.conditions()) {
      greater.add(value(condition.greater()));
      less.add(value(condition.less()));
    }
    sides.addAll(greater);
    sides.addAll(less);
    Shape shape =
        sides.stream()
            .map(Tensor::shape)
            .filter(s -> s.rank() > 0)
            .findFirst()
            .orElse(then.shape());
    double[] result = new double[shape.elements()];
    for (int k = 0; k < result.length; k++) {
      int at = k;
      boolean holds =
          IntStream.range(0, greater.size())
              .allMatch(c -> element(greater.get(c), at) > element(less.get(c), at));
      result[k] = element(holds ? then : otherwise, k);
    }
    return Tensor.of(shape, result);
  }

  private static double element(Tensor of, int k) {
    return of.at(of.isScalar() ? 0 : k);
  }

  /** As the engine's Square has it. */
  private static double power(double base, double exponent) {
    return exponent == 2 ? base * base : Math.pow(base, exponent);
  }

  private static Tensor fold(Fold.Kind kind, Tensor x) {
    return switch (kind) {
      case SUM -> Tensor.of(x.sum());
      case MEAN -> Tensor.of(x.sum() / x.size());
      case NORM2 -> Tensor.of(Math.sqrt(x.map(v -> v * v).sum()));
      case ONES -> x.map(_ -> 1);
      case TRANSPOSE -> transposed(x);
    };
  }

  private static Tensor transposed(Tensor x) {
    Shape shape = Shapes.transposed(x.shape());
    if (x.shape().rank() < 2 || shape.rank() < 2) {
      return Tensor.of(shape, x.elements());
    }
    int rows = x.shape().size(0);
    int columns = x.shape().size(1);
    double[] turned = new double[x.size()];
    for (int k = 0; k < turned.length; k++) {
      turned[k] = x.at(k % rows * columns + k / rows);
    }
    return Tensor.of(shape, turned);
  }

  private static Tensor arithmetic(Arithmetic of, Tensor a, Tensor b) {
    Shape shape = of.operator().shape(a.shape(), b.shape(), of.at());
    boolean matrices = of.operator() == Operator.PRODUCT && !a.isScalar() && !b.isScalar();
    return matrices ? product(a, b, shape) : elements(of.operator(), a, b, shape);
  }

  private static Tensor elements(Operator operator, Tensor a, Tensor b, Shape shape) {
    Binary function =
        switch (operator) {
          case ADD -> Binary.ADD;
          case SUBTRACT -> Binary.SUBTRACT;
          case DIVIDE -> Binary.DIVIDE;
          case MULTIPLY, HADAMARD, PRODUCT -> Binary.MULTIPLY;
        };
    double[] result = new double[shape.elements()];
    for (int k = 0; k < result.length; k++) {
      result[k] = function.apply(a.at(a.isScalar() ? 0 : k), b.at(b.isScalar() ? 0 : k));
    }
    return Tensor.of(shape, result);
  }

  private static Tensor product(Tensor a, Tensor b, Shape shape) {
    boolean dot = a.shape().rank() == 1 && b.shape().rank() == 1;
    int inner = dot ? a.size() : a.shape().rank() == 1 ? 1 : a.shape().size(1);
    int columns = b.size() / inner;
    int rows = a.size() / inner;
    double[] result = new double[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        for (int k = 0; k < inner; k++) {
          result[i * columns + j] += a.at(i * inner + k) * b.at(k * columns + j);
        }
      }
    }
    return Tensor.of(shape, result);
  }
}
