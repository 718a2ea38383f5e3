package dev.vitrine.error;

/**
 * Bad input: its message is one sentence for the user that names the thing, what was expected, what
 * was found and how to mend it. The command line prints it and exits with code 2.
 */
public final class UserException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** An error of one sentence. */
  public UserException(String sentence) {
    super(sentence);
  }

  /** An error of one sentence, and what brought it about. */
  public UserException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
