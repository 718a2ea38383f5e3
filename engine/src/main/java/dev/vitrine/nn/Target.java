package dev.vitrine.nn;

import dev.vitrine.tensor.Shape;
import java.util.Objects;

/** What a {@link Loss} compares a network's output with; a training takes it from its data. */
public enum Target {
  /** The number of the right class, from 0, as a single number. */
  CLASS_NUMBER,

  /** A number for each class: 1 for the right one and 0 for the others. */
  ONE_HOT,

  /** A number for each class: 1 for the right one and −1 for the others; or the data's numbers. */
  SIGNS,

  /** The numbers that the data have for each example, of the output's shape. */
  NUMBERS,

  /** The example itself, as the network gets it: the output has the input's shape. */
  INPUT,

  /**
   * Any numbers of the output's shape: {@link #NUMBERS} if the data have some, otherwise {@link
   * #INPUT} if the output has the input's shape, otherwise {@link #ONE_HOT}.
   */
  VALUES;

  /**
   * {@return the shape of the target}
   *
   * @param output the shape of the network's output
   */
  public Shape shape(Shape output) {
    Objects.requireNonNull(output, "output");
    return this == CLASS_NUMBER ? Shape.scalar() : output;
  }
}
