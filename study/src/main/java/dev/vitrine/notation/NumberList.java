package dev.vitrine.notation;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers as one types them: alone and in ranges, such as {@code 0,3,5-8}. */
public final class NumberList {
  private static final Pattern PART = Pattern.compile("(\\d{1,9})(?:-(\\d{1,9}))?");

  /** More than anybody looks at, and few enough to hold. */
  private static final int MOST = 100_000;

  private NumberList() {}

  /**
   * {@return the numbers in their order}
   *
   * @param option what they are given for
   * @param text such as {@code 0,3,5-8}
   * @throws UserException if it is no such list, a range runs backwards, or a number stands twice
   */
  public static List<Integer> parse(String option, String text) {
    Set<Integer> numbers = new LinkedHashSet<>();
    for (String part : text.split(",", -1)) {
      Matcher match = PART.matcher(part.strip());
      if (!match.matches()) {
        throw new UserException(
            "%s expects numbers and ranges such as 0,3,5-8, but got %s"
                .formatted(option, Quote.of(text)));
      }
      int first = Integer.parseInt(match.group(1));
      int last = match.group(2) == null ? first : Integer.parseInt(match.group(2));
      if (last < first) {
        throw new UserException(
            "%s: the range %s runs backwards".formatted(option, Quote.of(part.strip())));
      }
      if (numbers.size() + (last - first) >= MOST) {
        throw new UserException(
            String.format(
                Locale.ROOT,
                "%s expects at most %,d numbers, which are more with the range %s",
                option,
                MOST,
                Quote.of(part.strip())));
      }
      for (int number = first; number <= last; number++) {
        if (!numbers.add(number)) {
          throw new UserException("%s names %s twice".formatted(option, number));
        }
      }
    }
    return new ArrayList<>(numbers);
  }
}
