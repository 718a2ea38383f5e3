package dev.vitrine.onnx;

import java.util.Objects;
import java.util.function.Supplier;

/**
 * Numbers of an ONNX file, or what follows from them, that a node reads beside what depends on the
 * network's input, and that are no parameter.
 *
 * @param name what the file calls them
 * @param isBound whether they may be infinite, as a bound or what a maximum is taken of
 * @param source reads them
 */
public record OnnxConstant(String name, boolean isBound, Supplier<double[]> source) {
  /** Refuses {@code null}. */
  public OnnxConstant {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(source, "source");
  }

  /** {@return the numbers, row-major} */
  public double[] numbers() {
    return source.get();
  }
}
