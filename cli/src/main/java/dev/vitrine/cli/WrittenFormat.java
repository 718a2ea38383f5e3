package dev.vitrine.cli;

import dev.vitrine.error.Nearest;
import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A form in which a command writes; an enum of them is what {@code --format} may be. */
interface WrittenFormat {
  /** The enum constant's. */
  String name();

  /** What the names of such files end with, after a dot. */
  String ending();

  /** What {@code --format} calls it. */
  default String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The format that {@code --format} names, or the ending of {@code --out}.
   *
   * @param all the command's, those of one ending one after another
   * @param usual without either
   * @throws UserException if the two contradict each other, or one is unknown
   */
  static <F extends WrittenFormat> F choose(
      F[] all, F usual, Optional<String> format, Optional<Output> out) {
    Optional<F> named = format.map(word -> named(all, word));
    Optional<F> ended =
        out.flatMap(
            file -> Arrays.stream(all).filter(f -> file.endsWith("." + f.ending())).findFirst());
    if (named.isPresent()
        && ended.isPresent()
        && !named.get().ending().equals(ended.get().ending())) {
      throw new UserException(
          "--format %s contradicts --out %s, which is named like %s: change one of them"
              .formatted(named.get().word(), out.get(), ended.get().word()));
    }
    // A name without an ending says nothing, and gets the usual; another ending asks for another.
    if (named.isEmpty() && ended.isEmpty() && out.isPresent() && out.get().hasEnding()) {
      throw new UserException(
          "--out expects a name that ends with %s, but got %s: change it, or add --format"
              .formatted(endings(all), Quote.of(out.get())));
    }
    return named.or(() -> ended).orElse(usual);
  }

  private static <F extends WrittenFormat> F named(F[] all, String word) {
    List<String> words = Arrays.stream(all).map(WrittenFormat::word).toList();
    return Arrays.stream(all)
        .filter(f -> f.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            new UserException(
                "--format expects %s, but got %s%s"
                    .formatted(
                        String.join(", ", words), Quote.of(word), Nearest.hint(word, words))));
  }

  private static String endings(WrittenFormat... all) {
    List<String> endings = Arrays.stream(all).map(f -> "." + f.ending()).distinct().toList();
    return "%s or %s"
        .formatted(String.join(", ", endings.subList(0, endings.size() - 1)), endings.getLast());
  }
}
