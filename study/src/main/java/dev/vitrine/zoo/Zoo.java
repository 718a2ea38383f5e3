package dev.vitrine.zoo;

import dev.vitrine.error.Nearest;
import dev.vitrine.error.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The networks that have a name. */
public final class Zoo {
  private static final List<NetworkSpec> ALL =
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

  /** All named networks. */
  public static List<NetworkSpec> all() {
    return ALL;
  }

  /** The names of all networks. */
  public static List<String> names() {
    return ALL.stream().map(NetworkSpec::name).toList();
  }

  /**
   * A network by its name, or by the path of a file that describes one.
   *
   * @throws UserException if there is neither, or the file is not such a description
   */
  public static NetworkSpec find(String nameOrFile) {
    String name = ALIASES.getOrDefault(nameOrFile, nameOrFile);
    for (NetworkSpec spec : ALL) {
      if (spec.name().equals(name)) {
        return spec;
      }
    }
    Path file = Path.of(nameOrFile);
    if (Files.isRegularFile(file)) {
      return NetworkFile.read(file);
    }
    String hint =
        Nearest.match(nameOrFile, names()).map(n -> "; did you mean '%s'?".formatted(n)).orElse("");
    throw new UserException(
        "Unknown model '%s': expected a name that 'vitrine summary --list' shows, or a network file%s"
            .formatted(nameOrFile, hint));
  }
}
