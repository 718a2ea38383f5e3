package dev.vitrine.lab.studies;

import dev.vitrine.error.Nearest;
import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The studies that Vitrine brings along: those of the documents, each a file that one can copy. */
public final class Catalogue {
  private static final List<String> SWEEPS =
      List.of(
          "optimizers",
          "batchnorm",
          "learning-rate",
          "hidden-units",
          "depth",
          "dropout",
          "cnn",
          "cifar10",
          "optimal-capacity");

  private static final Map<String, Computed> COMPUTED = Map.of();

  private Catalogue() {}

  /** {@return the names of all of them, sweeps first} */
  public static List<String> names() {
    return Stream.concat(SWEEPS.stream(), COMPUTED.keySet().stream().sorted()).toList();
  }

  /**
   * {@return whether there is a study of that name}
   *
   * @param name what might be one
   */
  public static boolean has(String name) {
    return names().contains(name);
  }

  /**
   * {@return the file of a study}
   *
   * @param name of the study
   * @throws UserException if there is none, with the nearest
   */
  public static String text(String name) {
    if (!has(name)) {
      throw new UserException(
          "There is no study %s: expected a file, or one of %s%s"
              .formatted(Quote.of(name), String.join(", ", names()), Nearest.hint(name, names())));
    }
    try (InputStream file = Catalogue.class.getResourceAsStream(name + ".yaml")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the study " + name, e);
    }
  }

  /**
   * {@return what computes a study that is no sweep; empty if it is one}
   *
   * @param name of the study
   */
  public static Optional<Computed> computed(String name) {
    return Optional.ofNullable(COMPUTED.get(name));
  }
}
