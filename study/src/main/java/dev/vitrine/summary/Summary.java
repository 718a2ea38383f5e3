package dev.vitrine.summary;

import dev.vitrine.error.UserException;
import dev.vitrine.nn.Layer;
import dev.vitrine.op.Cost;
import dev.vitrine.tensor.Shape;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * What a network consists of and costs, read off its inference graph and, for the backward pass,
 * the gradients of its training graph.
 *
 * @param input the shape of an example
 * @param convention what counts, and how
 * @param rows one for each layer that computes something or has parameters, from input to output
 */
public record Summary(Shape input, Convention convention, List<Row> rows) {
  /** What sort of layer. */
  public enum Kind {
    /** Its parameters are filters that slide. */
    CONVOLUTION,
    /** Every output has a weight for every input. */
    DENSE,
    /** Anything else. */
    OTHER
  }

  /**
   * A layer.
   *
   * @param name its path, such as {@code conv1}
   * @param layer what it is, as one would write it
   * @param kind what it is for
   * @param inputs the shapes of what it reads
   * @param output the shape of what it makes
   * @param weightShapes those of its parameters that multiply
   * @param weights how many numbers they are
   * @param biases learned numbers that are added; 0 where the convention leaves them out
   * @param fixed numbers that are given with the layer, not learned
   * @param forward the arithmetic of inference, for the convention's batch
   * @param backward that of the gradients of its parameters and inputs; the image has none
   * @param activationBytes memory of its output; 0 if it only renames what is there
   * @param movedBytes its inputs, parameters and output, each moved once; 0 likewise
   * @param field what one element of its output depends on, if its input is an image
   * @param formulas its counts on paper
   */
  public record Row(
      String name,
      String layer,
      Kind kind,
      List<Shape> inputs,
      Shape output,
      List<Shape> weightShapes,
      long weights,
      long biases,
      long fixed,
      Cost forward,
      Cost backward,
      long activationBytes,
      long movedBytes,
      Optional<ReceptiveField> field,
      List<Formula> formulas) {
    /** Copies the lists. */
    public Row {
      inputs = List.copyOf(inputs);
      weightShapes = List.copyOf(weightShapes);
      formulas = List.copyOf(formulas);
    }

    /**
     * {@return how many numbers it has that are learned, biases included if the convention counts
     * them}
     */
    public long parameters() {
      return weights + biases;
    }

    /** {@return its multiply–accumulate pairs of inference, biases left out} */
    public long macs() {
      return forward.macs();
    }
  }

  /** Copies the list. */
  public Summary {
    rows = List.copyOf(rows);
  }

  /**
   * {@return the summary in the ordinary convention; no parameter is allocated}
   *
   * @param network the layers
   * @param input the shape of an example
   */
  public static Summary of(Layer network, Shape input) {
    return of(network, input, Convention.ORDINARY);
  }

  /**
   * {@return the summary of a network for inputs of a shape; no parameter is allocated}
   *
   * @param network the layers
   * @param input the shape of an example
   * @param convention what counts, and how
   * @throws UserException if a layer does not fit its input, naming the layer
   */
  public static Summary of(Layer network, Shape input, Convention convention) {
    try {
      return new SummaryBuilder(network, input, convention).build();
    } catch (ArithmeticException e) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "The counts for input %s and a batch of %,d exceed 2^63: choose smaller ones",
              input,
              convention.batch()),
          e);
    }
  }

  /**
   * {@return the sum of a count over all layers}
   *
   * @param count a row's part
   */
  public long total(ToLongFunction<Row> count) {
    return rows.stream().mapToLong(count).reduce(0, Math::addExact);
  }

  /** {@return how many learned numbers all layers have} */
  public long parameters() {
    return total(Row::parameters);
  }

  /**
   * {@return how many numbers of all layers are given, not learned, and not among {@link
   * #parameters}}
   */
  public long fixed() {
    return total(Row::fixed);
  }

  /** {@return the multiply–accumulate pairs of inference} */
  public long macs() {
    return total(Row::macs);
  }

  /** {@return the FLOPs of inference} */
  public long forwardFlops() {
    return total(row -> convention.flops(row.forward()));
  }

  /** {@return the FLOPs of the gradients} */
  public long backwardFlops() {
    return total(row -> convention.flops(row.backward()));
  }

  /** {@return the memory of all layers' outputs, in bytes} */
  public long activationBytes() {
    return total(Row::activationBytes);
  }

  /**
   * {@return the FLOPs of a layer for each byte that it moves; absent where there are none}
   *
   * @param row one of {@link #rows}
   */
  public Optional<Double> intensity(Row row) {
    long flops = convention.flops(row.forward());
    return flops == 0 ? Optional.empty() : Optional.of((double) flops / row.movedBytes());
  }

  /** {@return the {@link #intensity(Row)} of the whole network, layer after layer} */
  public double intensity() {
    return (double) forwardFlops() / Math.max(1, total(Row::movedBytes));
  }
}
