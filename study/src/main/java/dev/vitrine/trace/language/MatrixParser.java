package dev.vitrine.trace.language;

import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code [1, 2; 3, 4]}: rows between {@code ;}; a single row or column is a vector. */
final class MatrixParser {
  private final Parser parser;
  private final Token open;

  MatrixParser(Parser parser, Token open) {
    this.parser = parser;
    this.open = open;
  }

  Expression matrix() {
    List<Double> numbers = new ArrayList<>();
    int rows = 0;
    int columns = 0;
    Token separator = open;
    while (!separator.is("]")) {
      int before = numbers.size();
      Place at = parser.peek().at();
      do {
        numbers.add(parser.constant());
        separator = parser.take();
      } while (separator.is(","));
      int length = numbers.size() - before;
      if (rows++ > 0 && length != columns) {
        throw at.fault("a row of %s numbers stands below one of %s".formatted(length, columns));
      }
      columns = length;
      if (!separator.is(";") && !separator.is("]")) {
        throw separator
            .at()
            .fault("expected a comma, ; or ] in a matrix, but got " + separator.shown());
      }
    }
    boolean vector = rows == 1 || columns == 1;
    Shape shape = vector ? Shape.of(numbers.size()) : Shape.of(rows, columns);
    double[] elements = numbers.stream().mapToDouble(Double::doubleValue).toArray();
    return new Expression.Literal(Tensor.of(shape, elements), open.at());
  }
}
