package dev.vitrine.lab.studies;

import dev.vitrine.error.UserException;
import dev.vitrine.lab.spec.ComputedSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The documents' studies that are computed, by name. */
public final class Catalogue {
  private static final List<Computed> ALL =
      List.of(
          new Lms(),
          new VanishingGradient(),
          new MomentumLimits(),
          new LinearDepth(),
          new WeightDecay(),
          new LearnedRate(),
          new Initialization());

  private Catalogue() {}

  /** {@return the names of all} */
  public static List<String> names() {
    return ALL.stream().map(Computed::name).toList();
  }

  /**
   * {@return the file of a study, YAML that a user can copy}
   *
   * @param name of the study
   * @throws UserException if there is none of that name
   */
  public static String text(String name) {
    String resource = computed(name).name() + ".yaml";
    try (InputStream in = Catalogue.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + resource, e);
    }
  }

  /**
   * {@return what the file of a study sets}
   *
   * @param name of the study
   * @param quick whether the thin version is asked for
   * @throws UserException if there is none of that name
   */
  public static ComputedSpec spec(String name, boolean quick) {
    return ComputedSpec.parse(text(name), "study " + name, quick).orElseThrow();
  }

  /**
   * {@return what computes a study}
   *
   * @param name of the study, or what a file has as {@code compute}
   * @throws UserException if there is none of that name
   */
  public static Computed computed(String name) {
    return ALL.stream()
        .filter(study -> study.name().equals(name))
        .findFirst()
        .orElseThrow(() -> UserException.unknown("computed study", name, names()));
  }
}
