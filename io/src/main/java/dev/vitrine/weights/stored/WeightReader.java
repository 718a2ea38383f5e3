package dev.vitrine.weights.stored;

import dev.vitrine.error.UserException;

/** Reads one format. Readers have no state; they execute nothing that a file says. */
public interface WeightReader {
  /** {@return what people call the format, such as {@code MATLAB 5}} */
  String title();

  /**
   * {@return whether a file is of this format, by its content alone; cheap, and never an error}
   *
   * @param source the file
   */
  boolean recognises(WeightSource source);

  /**
   * Reads a file that is recognised. Variables, entries and objects that cannot be read become
   * {@link Stored.Unread}, and the rest is read.
   *
   * @param source the file
   * @return what stands in it
   * @throws UserException if the file is damaged, or wants more than {@link WeightSource#take} and
   *     {@link WeightSource#enter} allow
   */
  Stored.Group read(WeightSource source);
}
