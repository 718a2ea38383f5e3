package dev.vitrine.run;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.format.JsonObject;
import dev.vitrine.nn.Initializer;
import dev.vitrine.nn.Model;
import dev.vitrine.notation.NetworkFile;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import dev.vitrine.zoo.Zoo;
import java.util.Objects;
import java.util.Optional;

/**
 * The network of a run.
 *
 * @param model its name or file
 * @param file the content of that file, if it is one, so that the run outlives it
 * @param builtFor the data that a named network is built for, if they are not its paper's
 * @param init how its weights are drawn; not used beside {@code initFrom}
 * @param initFrom the learned numbers that it begins with, if they are not drawn
 */
public record RunNetwork(
    String model,
    Optional<JsonObject> file,
    Optional<BuiltFor> builtFor,
    Initializer init,
    Optional<InitialWeights> initFrom) {
  /**
   * Checks that there is such a network. That its layers fit what it is built for shows when it is
   * built.
   *
   * @throws UserException if it has neither a known name nor the content of a file, or that is no
   *     network
   */
  public RunNetwork {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(builtFor, "builtFor");
    Objects.requireNonNull(init, "init");
    Objects.requireNonNull(initFrom, "initFrom");
    if (model.isBlank()) {
      throw UserException.expecting("The model", "a network's name or file", Quote.of(model));
    }
    spec(model, file, builtFor);
  }

  /**
   * What a network is built for.
   *
   * @param input the shape of an example
   * @param classes how many there are
   */
  public record BuiltFor(Shape input, int classes) {
    /** Checks that there is a class. */
    public BuiltFor {
      Objects.requireNonNull(input, "input");
      if (classes < 1) {
        throw new UserException("The number of classes expects 1 or more, but got " + classes);
      }
    }
  }

  /**
   * As it was asked for, before its data are known, with drawn weights.
   *
   * @param model the network's name or file
   * @param file the content of that file, if it is one
   * @param init how its weights start
   */
  public RunNetwork(String model, Optional<JsonObject> file, Initializer init) {
    this(model, file, Optional.empty(), init, Optional.empty());
  }

  /**
   * {@return the same, which begins with learned numbers}
   *
   * @param weights where they are
   */
  public RunNetwork initFrom(InitialWeights weights) {
    return new RunNetwork(model, file, builtFor, init, Optional.of(weights));
  }

  /** {@return its layers} */
  public NetworkSpec spec() {
    return spec(model, file, builtFor);
  }

  /** {@return how many numbers it ends in, as it is built so far} */
  public int outputs() {
    NetworkSpec spec = spec();
    return Model.inference(spec.layers(), spec.input()).output().shape().elements();
  }

  private static NetworkSpec spec(
      String model, Optional<JsonObject> file, Optional<BuiltFor> builtFor) {
    return file.map(NetworkFile::parse)
        .or(() -> builtFor.map(b -> Zoo.find(model, b.input(), b.classes())))
        .orElseGet(() -> Zoo.named(model));
  }

  /**
   * The same for such images, if it is a named one and is not for them as its paper has it.
   *
   * @param name what the images are called, for the sentence
   * @throws UserException if a layer does not fit
   */
  RunNetwork fitted(Shape images, int classes, String name) {
    if (file.isPresent()) {
      return this;
    }
    NetworkSpec built = Zoo.find(model, images, classes);
    if (built.equals(spec())) {
      return this;
    }
    try {
      Model.inference(built.layers(), built.input());
    } catch (UserException e) {
      throw e.of("%s cannot be built for the images of data set %s".formatted(model, name))
          .advise("use larger images or another model");
    }
    Optional<BuiltFor> here = Optional.of(new BuiltFor(images, classes));
    return new RunNetwork(model, file, here, init, initFrom);
  }

  /** The network with its first numbers. */
  Model first(Seed seed) {
    NetworkSpec spec = spec();
    return initFrom
        .map(weights -> weights.model(spec))
        .orElseGet(() -> Model.of(spec.layers(), spec.input(), init, seed));
  }

  /** The same once a run has begun with its first numbers. */
  RunNetwork began(Model first) {
    return initFrom.map(weights -> initFrom(weights.began(first))).orElse(this);
  }

  /** The same without the way to the file of its first numbers. */
  RunNetwork portable() {
    return initFrom.map(weights -> initFrom(weights.portable())).orElse(this);
  }
}
