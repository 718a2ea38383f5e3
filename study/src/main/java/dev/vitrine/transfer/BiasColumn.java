package dev.vitrine.transfer;

import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.tensor.Shape;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A matrix that holds a dense layer's bias beside its weights, as one column or one row more. */
final class BiasColumn {
  private BiasColumn() {}

  /**
   * {@return the two parts, if the matrix has just one column or row more than the weights}
   *
   * @param specs the weights and the bias
   */
  static Optional<LayerFit.Fitted> of(
      List<ParameterSpec> specs, Source matrix, LayerFit fit, Conventions conventions) {
    ParameterSpec weight = specs.getFirst();
    ParameterSpec bias = specs.getLast();
    Shape sizes = fit.expected(weight);
    if (sizes.rank() != 2 || bias.role() != ParameterSpec.Role.BIAS) {
      return Optional.empty();
    }
    boolean last = conventions.has(Convention.BIAS_LAST);
    long out = sizes.size(0);
    long in = sizes.size(1);
    boolean columns = matrix.dims().equals(List.of(out, in + 1));
    boolean rows = matrix.dims().equals(List.of(in + 1, out));
    if (columns && !(rows && conventions.has(Convention.IN_OUT))) {
      int all = (int) in + 1;
      int from = last ? 0 : 1;
      int at = last ? all - 1 : 0;
      return both(
          fit,
          weight,
          part(
              matrix,
              List.of(out, in),
              "all but column %s".formatted(at),
              v -> Rearranged.columns(v, all, from, from + all - 1)),
          bias,
          part(
              matrix,
              List.of(out),
              "column %s".formatted(at),
              v -> Rearranged.columns(v, all, at, at + 1)));
    }
    if (!rows) {
      return Optional.empty();
    }
    int width = (int) (in * out);
    int row = (int) out;
    int from = last ? 0 : row;
    int at = last ? width : 0;
    return both(
        fit,
        weight,
        part(
            matrix,
            List.of(in, out),
            "all but row %s".formatted(at / row),
            v -> Rearranged.columns(v, width + row, from, from + width)),
        bias,
        part(
            matrix,
            List.of(out),
            "row %s".formatted(at / row),
            v -> Rearranged.columns(v, width + row, at, at + row)));
  }

  private static Source part(
      Source matrix, List<Long> dims, String words, UnaryOperator<float[]> numbers) {
    return new Source(
        matrix.place(), matrix.tensor(), dims, List.of(new Step(Change.SPLIT, words, numbers)));
  }

  private static Optional<LayerFit.Fitted> both(
      LayerFit fit, ParameterSpec weight, Source weights, ParameterSpec bias, Source biases) {
    return fit.match(weights, weight)
        .flatMap(one ->
            fit.match(biases, bias)
                .map(other -> new LayerFit.Fitted(List.of(one, other), List.of(), List.of())));
  }
}
