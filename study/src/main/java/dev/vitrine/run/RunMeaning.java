package dev.vitrine.run;

import dev.vitrine.data.DataFolders;
import dev.vitrine.data.Reading;
import dev.vitrine.data.digits.Digits;
import dev.vitrine.format.Json;
import java.nio.file.Path;
import java.util.Optional;

/** What a configuration computes, whatever words it was told in. */
final class RunMeaning {
  private RunMeaning() {}

  /** Equal for configurations that say the same, as far as it is seen without their data. */
  static String of(RunConfig config) {
    return Json.line(
        new RunConfig("", network(config.network()), data(config.data()), config.recipe())
            .toJson());
  }

  /** Of a file what it says, of a known network the name that it has itself. */
  private static RunNetwork network(RunNetwork network) {
    String name = network.file().isPresent() ? "a file" : network.spec().name();
    return new RunNetwork(
        name, network.file(), network.builtFor(), network.init(), network.initFrom());
  }

  private static RunData data(RunData data) {
    RunData plain =
        new RunData(
            place(data.name()),
            data.folder().map(RunMeaning::place),
            data.reading().map(RunMeaning::reading),
            data.use(),
            data.found());
    return isPublished(data.name()) ? images(plain) : plain;
  }

  /** Published data are images of classes, so that what is usual for such is no question. */
  private static RunData images(RunData data) {
    Optional<Reading> reading =
        data.reading()
            .map(said ->
                new Reading(said.targets(), Optional.empty(), said.shape(), said.testShare()));
    return new RunData(data.name(), data.folder(), reading, data.use().decided(), data.found());
  }

  private static Reading reading(Reading said) {
    return new Reading(
        said.targets(),
        said.numbers(),
        said.shape(),
        said.testShare().filter(share -> share != Reading.USUAL_TEST_SHARE));
  }

  private static String place(String name) {
    return isPublished(name) ? name : Path.of(name).normalize().toString();
  }

  /** Whether a name says which data these are, wherever they lie. */
  static boolean isPublished(String name) {
    return name.equals(Digits.NAME) || DataFolders.names().contains(name);
  }
}
