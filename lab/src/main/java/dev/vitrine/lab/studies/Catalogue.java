package dev.vitrine.lab.studies;

import dev.vitrine.error.Nearest;
import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
          "cnn-loose",
          "cifar10",
          "optimal-capacity");

  private static final List<Computed> COMPUTED =
      List.of(
          new Initialization(),
          new LinearDepth(),
          new WeightDecay(),
          new MomentumLimits(),
          new LearnedRate(),
          new VanishingGradient(),
          new Activations(),
          new LenetCourse(),
          new Lms());

  private Catalogue() {}

  /** {@return the names of all, sweeps first} */
  public static List<String> names() {
    return Stream.concat(SWEEPS.stream(), computed().stream()).toList();
  }

  /** {@return the names of those that are computed} */
  public static List<String> computed() {
    return COMPUTED.stream().map(Computed::name).toList();
  }

  /**
   * {@return the file of a study, YAML that a user can copy}
   *
   * @param name of the study
   * @throws UserException if there is none of that name, with the nearest
   */
  public static String text(String name) {
    List<String> names = names();
    if (!names.contains(name)) {
      throw new UserException(
          "There is no study %s: expected a file, or one of %s%s"
              .formatted(Quote.of(name), String.join(", ", names), Nearest.hint(name, names)));
    }
    try (InputStream in = Catalogue.class.getResourceAsStream(name + ".yaml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the study " + name, e);
    }
  }

  /**
   * {@return what computes a study}
   *
   * @param name of the study, or what a file has as {@code compute}
   * @throws UserException if there is none of that name
   */
  public static Computed computed(String name) {
    return COMPUTED.stream()
        .filter(study -> study.name().equals(name))
        .findFirst()
        .orElseThrow(() -> UserException.unknown("computed study", name, computed()));
  }
}
