package dev.vitrine.trace.language;

import dev.vitrine.graph.Graph;
import dev.vitrine.op.Affine;
import dev.vitrine.op.Unary;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Shape;
import dev.vitrine.trace.language.Expression.Apply;
import dev.vitrine.trace.language.Expression.Arithmetic;
import dev.vitrine.trace.language.Expression.Cases;
import dev.vitrine.trace.language.Expression.Fold;
import dev.vitrine.trace.language.Expression.Literal;
import dev.vitrine.trace.language.Expression.Name;
import dev.vitrine.trace.language.Expression.Negation;
import dev.vitrine.trace.language.Expression.Power;
import java.util.Map;

/** Makes of an expression values of the engine's graph. */
public final class Building {
  private final Graph graph;
  private final Map<String, Value> names;

  private Building(Graph graph, Map<String, Value> names) {
    this.graph = graph;
    this.names = names;
  }

  /**
   * Adds an expression to a graph.
   *
   * @param graph what it is added to
   * @param expression what is calculated
   * @param names the values of its names, all of the graph
   * @return the value that the expression is
   * @throws dev.vitrine.error.UserException if shapes do not fit, or the engine has no such op
   */
  public static Value add(Graph graph, Expression expression, Map<String, Value> names) {
    return new Building(graph, names).value(expression);
  }

  private Value value(Expression expression) {
    return switch (expression) {
      case Expression.Numeral number -> graph.constant(number.value(), Shape.scalar());
      case Literal literal -> graph.constant(literal.value().shape(), literal.value().elements());
      case Name name -> names.get(name.name());
      case Negation negation -> graph.negate(value(negation.x()));
      case Power power ->
          power.exponent() == 2
              ? graph.square(value(power.base()))
              : graph.power(value(power.base()), power.exponent());
      case Apply apply -> graph.apply(op(apply), value(apply.x()));
      case Fold fold -> fold(fold, value(fold.x()));
      case Arithmetic arithmetic ->
          arithmetic(arithmetic, value(arithmetic.a()), value(arithmetic.b()));
      case Cases cases ->
          throw cases
              .at()
              .fault("the engine has no op for cases: use relu or clip, such as relu(x)");
    };
  }

  private static Unary op(Apply apply) {
    return apply
        .function()
        .op()
        .orElseThrow(() ->
            apply
                .at()
                .fault(
                    "%s stands in formulas alone: the engine has no op for it"
                        .formatted(apply.function().name())));
  }

  private Value fold(Fold fold, Value x) {
    return switch (fold.kind()) {
      case SUM -> graph.sum(x);
      case MEAN -> graph.mean(x);
      case NORM2 -> graph.power(graph.sum(graph.square(x)), 0.5);
      case TRANSPOSE -> transposed(x);
      case ONES -> throw fold.at().fault("ones stands in formulas alone: write numbers");
    };
  }

  private Value transposed(Value x) {
    Shape shape = Shapes.transposed(x.shape());
    return x.shape().rank() < 2 || shape.rank() < 2
        ? graph.reshape(x, shape)
        : graph.permute(x, 1, 0);
  }

  private Value arithmetic(Arithmetic of, Value a, Value b) {
    of.operator().shape(a.shape(), b.shape(), of.at());
    return switch (of.operator()) {
      case ADD -> graph.add(a, b);
      case SUBTRACT -> graph.subtract(a, b);
      case DIVIDE -> graph.divide(a, b);
      case MULTIPLY, HADAMARD -> graph.multiply(a, b);
      case PRODUCT -> product(a, b);
    };
  }

  private Value product(Value a, Value b) {
    int left = a.shape().rank();
    int right = b.shape().rank();
    if (left == 0 || right == 0) {
      return graph.multiply(a, b);
    }
    if (left == 1 && right == 1) {
      return graph.sum(graph.multiply(a, b));
    }
    if (left == 2 && right == 1) {
      Value y = graph.apply(new Affine(false), b, a);
      return a.shape().size(0) == 1 ? graph.reshape(y, Shape.scalar()) : y;
    }
    return matrices(left == 1 ? graph.reshape(a, Shape.of(a.shape().size(0), 1)) : a, b);
  }

  /** {@code y[i,j] = Σ_k a[i,k] · b[k,j]}, by a sum over the middle of three axes. */
  private Value matrices(Value a, Value b) {
    int rows = a.shape().size(0);
    int inner = a.shape().size(1);
    int columns = b.shape().size(1);
    Shape all = Shape.of(rows, inner, columns);
    Value left = graph.broadcast(graph.reshape(a, Shape.of(rows, inner, 1)), all);
    Value right = graph.broadcast(graph.reshape(b, Shape.of(1, inner, columns)), all);
    return graph.sum(graph.multiply(left, right), 1);
  }
}
