package dev.vitrine.error;

import java.io.Serial;
import java.util.Collection;

/**
 * Thrown when something that a user gave (a file, an option, a size) cannot be used. Its message is
 * the one sentence a user reads: what was expected, what was found, and how to mend it. The command
 * line prints that sentence and exits with 2.
 */
public final class UserException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /**
   * Creates an exception that carries the sentence alone.
   *
   * @param sentence what a user reads, one line, without a prefix
   */
  public UserException(String sentence) {
    super(sentence);
  }

  /**
   * Creates an exception that also keeps what made it happen.
   *
   * @param sentence what a user reads, one line, without a prefix
   * @param cause the failure underneath, shown only with a stack trace
   */
  public UserException(String sentence, Throwable cause) {
    super(sentence, cause);
  }

  /**
   * Creates the exception for a name that does not exist, with the nearest one that does.
   *
   * @param kind what the name stands for, in lower case, such as {@code "model"}
   * @param typed what the user wrote
   * @param known the names that exist
   * @return an exception to throw
   */
  public static UserException unknown(String kind, String typed, Collection<String> known) {
    String hint =
        Nearest.match(typed, known)
            .map(name -> "did you mean '" + name + "'?")
            .orElseGet(() -> "known: " + String.join(", ", known));
    return new UserException("Unknown " + kind + " '" + typed + "'; " + hint);
  }
}
