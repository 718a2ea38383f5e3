package dev.vitrine.data;

import dev.vitrine.tensor.Shape;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known of data before they are read.
 *
 * @param shape of an example; of an image {@code (C, H, W)}
 * @param floats whether examples are numbers in single precision, not bytes
 * @param targets the shape of an example's target numbers; empty if targets are classes
 * @param train how many examples there are to learn from; 0 if there are none
 * @param validation how many there are for validation; 0 if the data have no such part
 * @param test how many to be judged by; the same
 * @param loading bytes that are needed besides while they are read
 */
public record DataOutline(
    Shape shape,
    boolean floats,
    Optional<Shape> targets,
    long train,
    long validation,
    long test,
    long loading) {
  /** Refuses {@code null}. */
  public DataOutline {
    Objects.requireNonNull(shape, "shape");
    Objects.requireNonNull(targets, "targets");
  }

  /**
   * Images of bytes, with classes.
   *
   * @param shape of an image, {@code (C, H, W)}
   * @param train how many there are to learn from
   * @param test how many to be judged by
   */
  public DataOutline(Shape shape, long train, long test) {
    this(shape, false, Optional.empty(), train, 0, test, 0);
  }

  /** What each example needs besides its numbers and its target: its row. */
  private static final long BESIDES = Integer.BYTES;

  /** The same in other parts. */
  DataOutline parts(long forTrain, long forValidation, long forTest) {
    return new DataOutline(shape, floats, targets, forTrain, forValidation, forTest, loading);
  }

  /** {@return how many examples there are} */
  public long all() {
    return train + validation + test;
  }

  /**
   * {@return the memory that so many examples take}
   *
   * @param examples how many
   */
  public long bytes(long examples) {
    long each = (long) shape.elements() * (floats ? Float.BYTES : 1);
    long target = targets.map(s -> (long) s.elements() * Float.BYTES + Integer.BYTES).orElse(4L);
    return examples * (each + target + BESIDES);
  }
}
