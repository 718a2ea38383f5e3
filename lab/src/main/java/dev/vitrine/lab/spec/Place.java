package dev.vitrine.lab.spec;

import dev.vitrine.error.UserException;

/**
 * Where something stands in a study's file.
 *
 * @param source the file, or what the text is
 * @param line from 1
 * @param column from 1
 */
record Place(String source, int line, int column) {
  /** The exception for what stands here. */
  UserException refusal(String sentence) {
    return refusal(new UserException(sentence));
  }

  /** The same complaint, said of what stands here. */
  UserException refusal(UserException complaint) {
    return complaint.of(toString());
  }

  @Override
  public String toString() {
    return "%s, line %s, column %s".formatted(source, line, column);
  }
}
