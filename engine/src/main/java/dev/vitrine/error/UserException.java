package dev.vitrine.error;

/**
 * Bad input, from outside the program: its message is one sentence that says what was expected,
 * what was found and how to mend it. The command line prints that sentence and exits with 2.
 */
public final class UserException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** An exception that carries the sentence. */
  public UserException(String sentence) {
    super(sentence);
  }

  /** An exception that carries the sentence and what lies behind it. */
  public UserException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
