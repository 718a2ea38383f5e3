package dev.vitrine.train;

/** Numbers became infinite or NaN; the message says when and where first. */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DivergedException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
