package dev.vitrine.error;

import static java.util.stream.Collectors.joining;

import java.io.Serial;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Thrown when something that a user gave (a file, an option, a size) cannot be used. Its message is
 * the one sentence a user reads: what was expected, what was found, and how to mend it. The command
 * line prints that sentence and exits with 2.
 *
 * <p>What the sentence quotes is written by {@link Quote}. It is one line in any case: characters
 * that cannot be printed, such as a line feed in the name of a file, are escaped here. Of a path,
 * or any other word, of more than 120 characters the middle is left out, but in advice.
 */
public final class UserException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private static final int MOST_KNOWN = 8;

  /** The sentence without its advice. */
  private final String problem;

  /** The end of the sentence that says how to mend it; empty if it has none of its own. */
  private final String advice;

  /** What the advice names, each with its place in it as {@link String#formatted} has it. */
  private final transient List<String> terms;

  /** What was set wrongly, if the sentence is about one setting. */
  private final transient Expectation expectation;

  private record Expectation(String setting, String expected, String got, String hint) {
    String sentence() {
      return "%s expects %s, but got %s%s".formatted(setting, expected, got, hint);
    }

    UserException exception(Throwable cause) {
      return new UserException(sentence(), "", List.of(), this, cause);
    }
  }

  /**
   * Creates an exception that carries the sentence alone.
   *
   * @param sentence what a user reads, one line, without a prefix
   */
  public UserException(String sentence) {
    this(sentence, "", List.of(), null, null);
  }

  /**
   * Creates an exception that also keeps what made it happen.
   *
   * @param sentence what a user reads, one line, without a prefix
   * @param cause the failure underneath, shown only with a stack trace
   */
  public UserException(String sentence, Throwable cause) {
    this(sentence, "", List.of(), null, cause);
  }

  private UserException(
      String problem, String advice, List<String> terms, Expectation expectation, Throwable cause) {
    super(sentence(said(problem), Quote.line(inserted(advice, terms))), cause);
    this.problem = said(problem);
    this.advice = Quote.line(advice);
    this.terms = terms;
    this.expectation = expectation;
  }

  /** On one line, with the middle of long paths left out; those in advice are to be copied. */
  private static String said(String problem) {
    return Quote.withPlaces(Quote.line(problem));
  }

  private static String sentence(String problem, String advice) {
    return advice.isEmpty() ? problem : problem + ": " + advice;
  }

  private static String inserted(String advice, List<String> terms) {
    return terms.isEmpty() ? advice : advice.formatted(terms.toArray());
  }

  /**
   * Creates an exception whose advice a caller may replace, who knows better what can be changed.
   *
   * @param problem what was expected, and what was found
   * @param advice how to mend it; the sentence is {@code problem: advice}
   * @param terms what the advice names in the places of its {@code %s}, such as {@code batch size};
   *     a program may have other words for them: see {@link #inWords}
   * @return an exception to throw
   */
  public static UserException advising(String problem, String advice, String... terms) {
    return new UserException(problem, advice, List.of(terms), null, null);
  }

  /**
   * Creates the exception for a setting that is out of its range.
   *
   * @param setting what was set, which begins the sentence, such as {@code The learning rate}
   * @param expected what it may be, such as {@code a number above 0}
   * @param got what it was, quoted if need be
   * @return an exception to throw
   */
  public static UserException expecting(String setting, String expected, String got) {
    return expecting(setting, expected, got, "");
  }

  /**
   * Creates the exception for a setting that is out of its range, with what was perhaps meant.
   *
   * @param setting what was set, which begins the sentence
   * @param expected what it may be
   * @param got what it was, quoted if need be
   * @param hint the sentence's end, as {@link Nearest#hint} gives it; may be empty
   * @return an exception to throw
   */
  public static UserException expecting(String setting, String expected, String got, String hint) {
    return new Expectation(setting, expected, got, hint).exception(null);
  }

  /**
   * {@return what was set wrongly, as the sentence begins; empty if it is not about one setting}
   */
  public Optional<String> setting() {
    return Optional.ofNullable(expectation).map(Expectation::setting);
  }

  /**
   * {@return the same of a setting that goes by another name and was written differently}
   *
   * @param setting the name that it goes by
   * @param got what was written
   */
  public UserException typed(String setting, String got) {
    return new Expectation(setting, expectation.expected(), got, expectation.hint())
        .exception(this);
  }

  /**
   * {@return the same of a setting that goes by another name}
   *
   * @param setting the name that it goes by
   */
  public UserException named(String setting) {
    return typed(setting, expectation.got());
  }

  /**
   * {@return the same with another end}
   *
   * @param hint the sentence's end, such as {@code ; with 0 there is none}
   */
  public UserException hinting(String hint) {
    return new Expectation(expectation.setting(), expectation.expected(), expectation.got(), hint)
        .exception(this);
  }

  /**
   * {@return the same with other words for what its advice names}
   *
   * @param words from a term of the advice to what to say instead
   */
  public UserException inWords(UnaryOperator<String> words) {
    return new UserException(
        problem, advice, terms.stream().map(words).toList(), expectation, this);
  }

  /**
   * {@return the same, said of something: the sentence after {@code where} and a colon}
   *
   * @param where what it is said of, such as a file's name
   */
  public UserException of(String where) {
    return new UserException("%s: %s".formatted(where, problem), advice, terms, null, this);
  }

  /**
   * {@return the same with this advice, if it had some of its own; otherwise as it is}
   *
   * @param other how to mend it, a sentence's part
   */
  public UserException advise(String other) {
    return advice.isEmpty() ? this : new UserException(problem, other, List.of(), null, this);
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
