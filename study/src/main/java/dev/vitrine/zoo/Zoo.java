package dev.vitrine.zoo;

import dev.vitrine.error.Nearest;
import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.notation.NetworkFile;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.tensor.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The networks that have a name: those of papers, and {@code mlp-…}, whose name says what it is
 * made of, such as {@code mlp-100-100-tanh-dropout0.5}.
 */
public final class Zoo {
  private static final List<Blueprint> ALL =
      Stream.of(
              LeNets.all(),
              EarlyNets.all(),
              AlexNets.all(),
              VggNets.all(),
              GoogLeNets.all(),
              ResNets.all(),
              SqueezeNets.all())
          .flatMap(List::stream)
          .toList();

  /** Other names of some: those of the papers' tables. */
  private static final Map<String, String> ALIASES =
      Map.of(
          "vgg-a", "vgg11",
          "vgg-a-lrn", "vgg11-lrn",
          "vgg-b", "vgg13",
          "vgg-c", "vgg16-c",
          "vgg-d", "vgg16",
          "vgg-e", "vgg19");

  private Zoo() {}

  /** {@return all named networks} */
  public static List<NetworkSpec> all() {
    return ALL.stream().map(Blueprint::published).toList();
  }

  /** {@return the names of all networks but those whose names say what they are made of} */
  public static List<String> names() {
    return ALL.stream().map(Blueprint::name).toList();
  }

  /**
   * {@return a network by its name, or by the path of a file that describes one}
   *
   * @param nameOrFile such as {@code lenet} or {@code my-net.json}
   * @throws UserException if there is neither, or the file is not such a description
   */
  public static NetworkSpec find(String nameOrFile) {
    if (has(nameOrFile)) {
      return named(nameOrFile);
    }
    Path file = Path.of(nameOrFile);
    if (Files.isRegularFile(file)) {
      return NetworkFile.read(file);
    }
    throw unknown(nameOrFile);
  }

  /**
   * {@return a network by its name, as it was published}
   *
   * @param name what the command line calls it
   * @throws UserException if no network has that name
   */
  public static NetworkSpec named(String name) {
    return blueprint(name).orElseThrow(() -> unknown(name)).published();
  }

  /**
   * {@return whether a network has that name}
   *
   * @param name what might be one
   */
  public static boolean has(String name) {
    return blueprint(name).isPresent();
  }

  /**
   * {@return a named network built for other examples than it was published for}
   *
   * @param name what the command line calls it
   * @param input the shape of an example
   * @param classes the number of classes; those whose outputs are not classes stay as they are
   * @throws UserException if no network has that name
   */
  public static NetworkSpec find(String name, Shape input, int classes) {
    return blueprint(name).orElseThrow(() -> unknown(name)).built(input, classes);
  }

  private static Optional<Blueprint> blueprint(String nameOrAlias) {
    String name = ALIASES.getOrDefault(nameOrAlias, nameOrAlias);
    return ALL.stream()
        .filter(blueprint -> blueprint.name().equals(name))
        .findFirst()
        .or(() -> Perceptrons.find(name));
  }

  private static UserException unknown(String name) {
    String problem = "Unknown model " + Quote.of(name);
    return Perceptrons.hint(name)
        .map(form -> UserException.advising(problem, "expected " + form))
        .orElseGet(() ->
            UserException.advising(
                problem,
                "expected %s, or a network file" + Nearest.hint(name, names()),
                "a known network's name"));
  }
}
