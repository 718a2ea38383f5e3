package dev.vitrine.collapse;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.nn.Initializer;
import dev.vitrine.nn.Model;
import dev.vitrine.notation.NetworkFile;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.onnx.OnnxNetwork;
import dev.vitrine.random.Seed;
import dev.vitrine.run.InputFacts;
import dev.vitrine.run.TrainedNetwork;
import dev.vitrine.weights.Weights;
import dev.vitrine.zoo.Zoo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A network that is to be collapsed, whatever it comes from.
 *
 * @param network what is known of it
 * @param model the network with its numbers
 * @param numbers where its numbers come from, in words
 */
public record Subject(TrainedNetwork network, Model model, String numbers) {
  /** Refuses {@code null}. */
  public Subject {
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(numbers, "numbers");
  }

  /**
   * Opens a run, a checkpoint, an ONNX file or, with numbers drawn for it, a network by its name or
   * file.
   *
   * @param name what it is called, or where it lies
   * @param network whose numbers a file of weights holds; empty if it says so itself
   * @param seed what numbers are drawn by where there are none
   * @return the network
   * @throws UserException if there is none
   */
  public static Subject open(String name, Optional<String> network, long seed) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(network, "network");
    if (network.isEmpty() && isUntrained(name)) {
      NetworkSpec spec = Zoo.find(name);
      Model drawn =
          Model.of(spec.layers(), spec.input(), Initializer.kaimingNormal(), Seed.of(seed));
      return new Subject(
          TrainedNetwork.of(spec, Path.of(spec.name()), InputFacts.NONE),
          drawn,
          "numbers drawn by seed " + seed);
    }
    TrainedNetwork trained = TrainedNetwork.open(Path.of(name), network);
    return new Subject(trained, trained.model(), "the numbers of " + name);
  }

  /** Whether it is a network without numbers: a name goes before a folder. */
  private static boolean isUntrained(String name) {
    if (Zoo.has(name)) {
      return true;
    }
    Path path = Path.of(name);
    if (!Files.exists(path)) {
      return true;
    }
    boolean json = name.toLowerCase(Locale.ROOT).endsWith(".json");
    return Files.isRegularFile(path)
        && json
        && !OnnxNetwork.isOne(path)
        && !Weights.isInSeveralFiles(path);
  }

  /** {@return what people call the network} */
  public String title() {
    return network.spec().title();
  }

  /**
   * Writes what a network collapsed to: {@code .safetensors} is a checkpoint that opens by itself,
   * {@code .onnx} an ONNX file, {@code .json} the network file without numbers.
   *
   * @param collapse made of this
   * @param file where it goes, whole or not at all
   * @throws UserException if its ending is another, or the network has no such form
   */
  public void write(Collapse collapse, Path file) {
    Objects.requireNonNull(collapse, "collapse");
    NetworkSpec old = network.spec();
    String name = "collapsed-" + old.name().replaceAll("[^A-Za-z0-9_-]+", "-");
    NetworkSpec spec =
        new NetworkSpec(name, name, collapse.after().input(), collapse.after().network());
    TrainedNetwork collapsed = TrainedNetwork.of(spec, file, network.inputs());
    String ending = ending(file);
    if (collapse.after().network() instanceof Wired && !ending.equals(".onnx")) {
      throw new UserException(
          "The graph of %s branches: collapsed, it can be written as .onnx only, but got %s"
              .formatted(title(), Quote.place(file.toString())));
    }
    switch (ending) {
      case ".json" -> NetworkFile.write(file, spec);
      case ".onnx" -> collapsed.writeOnnx(collapse.after(), file);
      default -> collapsed.write(collapse.after(), file);
    }
  }

  /**
   * {@return the ending of a file that {@link #write} can write}
   *
   * @param file where a network is to go
   * @throws UserException if it has another ending
   */
  public static String ending(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    for (String ending : new String[] {".safetensors", ".json", ".onnx"}) {
      if (name.endsWith(ending)) {
        return ending;
      }
    }
    throw new UserException(
        "A collapsed network is written as .safetensors, .onnx or .json (without numbers), by its ending, but got %s"
            .formatted(Quote.place(file.toString())));
  }
}
