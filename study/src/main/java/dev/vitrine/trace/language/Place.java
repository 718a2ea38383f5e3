package dev.vitrine.trace.language;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import java.io.Serial;
import java.util.List;

/**
 * Where something stands in a text.
 *
 * @param source the text, one line
 * @param column its character there, from 1; 0 for what stands in no text
 */
public record Place(String source, int column) {
  /** What stands in no text: the calculation made it. */
  public static final Place NONE = new Place("", 0);

  /**
   * {@return what to throw because of what stands here}
   *
   * @param problem what is wrong, and how to mend it
   */
  public UserException fault(String problem) {
    return column == 0
        ? new UserException(problem)
        : new UserException(
            "Column %s of %s: %s".formatted(column, Quote.of(source), problem), new Caret(this));
  }

  /**
   * {@return two lines that show where a fault is: the text, and a caret below it; none if the
   * fault is at no place}
   *
   * @param fault what was thrown
   */
  public static List<String> shown(UserException fault) {
    return fault.getCause() instanceof Caret caret ? caret.place.lines() : List.of();
  }

  private List<String> lines() {
    return List.of("  " + source, " ".repeat(column + 1) + "^");
  }

  /** Carries the place of a fault. */
  private static final class Caret extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private final transient Place place;

    Caret(Place place) {
      super("column " + place.column, null, false, false);
      this.place = place;
    }
  }
}
