package dev.vitrine.error;

import static java.util.stream.Collectors.joining;

import java.io.Serial;
import java.util.Collection;

/**
 * Thrown when something that a user gave (a file, an option, a size) cannot be used. Its message is
 * the one sentence a user reads: what was expected, what was found, and how to mend it. The command
 * line prints that sentence and exits with 2.
 *
 * <p>What the sentence quotes is written by {@link Quote}. It is one line in any case: characters
 * that cannot be printed, such as a line feed in the name of a file, are escaped here.
 */
public final class UserException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private static final int MOST_KNOWN = 8;

  /** The end of the sentence that says how to mend it; empty if it has none of its own. */
  private final String advice;

  /**
   * Creates an exception that carries the sentence alone.
   *
   * @param sentence what a user reads, one line, without a prefix
   */
  public UserException(String sentence) {
    this(sentence, "", null);
  }

  /**
   * Creates an exception that also keeps what made it happen.
   *
   * @param sentence what a user reads, one line, without a prefix
   * @param cause the failure underneath, shown only with a stack trace
   */
  public UserException(String sentence, Throwable cause) {
    this(sentence, "", cause);
  }

  private UserException(String problem, String advice, Throwable cause) {
    super(Quote.line(advice.isEmpty() ? problem : problem + ": " + advice), cause);
    this.advice = Quote.line(advice);
  }

  /**
   * Creates an exception whose advice a caller may replace, who knows better what can be changed.
   *
   * @param problem what was expected, and what was found
   * @param advice how to mend it; the sentence is {@code problem: advice}
   * @return an exception to throw
   */
  public static UserException advising(String problem, String advice) {
    return new UserException(problem, advice, null);
  }

  /**
   * {@return the same, said of something: the sentence after {@code where} and a colon}
   *
   * @param where what it is said of, such as a file's name
   */
  public UserException of(String where) {
    return new UserException("%s: %s".formatted(where, problem()), advice, this);
  }

  /**
   * {@return the same with this advice, if it had some of its own; otherwise as it is}
   *
   * @param other how to mend it, a sentence's part
   */
  public UserException advise(String other) {
    return advice.isEmpty() ? this : new UserException(problem(), other, this);
  }

  private String problem() {
    int end = advice.isEmpty() ? 0 : advice.length() + 2;
    return getMessage().substring(0, getMessage().length() - end);
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
    String hint = Nearest.hint(typed, known);
    return new UserException(
        "Unknown %s %s%s"
            .formatted(kind, Quote.of(typed), hint.isEmpty() ? "; known: " + some(known) : hint));
  }

  /** As many of the names as one reads. */
  private static String some(Collection<String> known) {
    return known.size() <= MOST_KNOWN
        ? String.join(", ", known)
        : "%s, and %s more"
            .formatted(
                known.stream().limit(MOST_KNOWN).collect(joining(", ")), known.size() - MOST_KNOWN);
  }
}
