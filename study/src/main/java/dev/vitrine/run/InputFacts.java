package dev.vitrine.run;

import dev.vitrine.data.Polarities;
import dev.vitrine.image.ImageSize;
import dev.vitrine.image.Normalisation;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known of how pictures became the inputs of a trained network: by the configuration of its
 * training, or by whoever uses it.
 *
 * @param normalisation of their samples; empty if nothing says it
 * @param polarities of the pictures that it learned from; empty if nothing says them
 * @param resize the size that they were brought to; empty if they were not, or nothing says it
 */
public record InputFacts(
    Optional<Normalisation> normalisation,
    Optional<Polarities> polarities,
    Optional<ImageSize> resize) {
  /** Nothing is known. */
  public static final InputFacts NONE =
      new InputFacts(Optional.empty(), Optional.empty(), Optional.empty());

  /** Refuses {@code null}. */
  public InputFacts {
    Objects.requireNonNull(normalisation, "normalisation");
    Objects.requireNonNull(polarities, "polarities");
    Objects.requireNonNull(resize, "resize");
  }

  /** What the configuration of a training says. */
  static InputFacts of(RunConfig config) {
    return new InputFacts(
        Optional.of(config.recipe().normalisation()),
        config.data().found().polarities(),
        config.data().use().resize());
  }

  /** The same with another normalisation, which is known then. */
  InputFacts normalised(Normalisation other) {
    return new InputFacts(Optional.of(other), polarities, resize);
  }

  /**
   * {@return the same with another size, to which pictures are brought first}
   *
   * @param size that of the network's input, as a rule
   */
  InputFacts resized(ImageSize size) {
    Objects.requireNonNull(size, "size");
    return new InputFacts(normalisation, polarities, Optional.of(size));
  }
}
