package dev.vitrine.cli;

import dev.vitrine.data.DataFolders;
import dev.vitrine.data.DataRequest;
import dev.vitrine.data.DataSource;
import dev.vitrine.data.Dataset;
import dev.vitrine.data.Reading;
import dev.vitrine.error.UserException;
import dev.vitrine.kernel.Kernels;
import dev.vitrine.nn.Target;
import dev.vitrine.random.Seed;
import dev.vitrine.run.MemoryNeed;
import dev.vitrine.run.RunConfig;
import dev.vitrine.run.RunData;
import dev.vitrine.run.RunImages;
import dev.vitrine.run.TrainedNetwork;
import dev.vitrine.settings.NamedData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which test data a trained network is shown. */
final class TestDataOptions {
  private static final Seed SEED = Seed.of(42);

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "DATA",
      description =
          "As in 'vitrine train --help': a name, a folder, an archive or a table. Default: what it was trained on")
  private Optional<String> data;

  @Option(names = "--data-dir", paramLabel = "DIR", description = "Folder to look for data in.")
  private Optional<Path> dataDir;

  @Option(
      names = "--test-share",
      paramLabel = "SHARE",
      description =
          "Share of data without a test part that is looked at; 1 for all of it. Default: as in training, or 0.15")
  private Optional<Double> testShare;

  /** Whether the training's own data are meant. */
  boolean ofTraining() {
    return data.isEmpty();
  }

  /** The first of these options that was given. */
  Optional<String> given() {
    return data.isPresent()
        ? Optional.of("--data")
        : dataDir.isPresent() ? Optional.of("--data-dir") : Optional.empty();
  }

  /**
   * The name of the data.
   *
   * @throws UserException if nothing says it
   */
  String name(TrainedNetwork network) {
    String name = said(network);
    DataOptions.refuseIdle(name, dataDir);
    return name;
  }

  private String said(TrainedNetwork network) {
    return data.or(() -> network.run().map(run -> NamedData.place(run.data(), dataDir)))
        .orElseThrow(() ->
            new UserException(
                "The bare checkpoint %s does not say which data it was trained on: add --data, such as --data mnist"
                    .formatted(network.path())));
  }

  /** The data, read as those of the training were, with the classes that the network knows. */
  private DataRequest request(TrainedNetwork network) {
    Optional<RunData> own = network.run().map(RunConfig::data);
    Reading training = own.flatMap(RunData::reading).orElse(Reading.USUAL);
    String name = name(network);
    boolean table = !NamedData.names().contains(name) && !Files.isDirectory(Path.of(name));
    Reading reading =
        new Reading(
            table || ofTraining() ? training.targets() : List.of(),
            network.run().map(run -> isOfNumbers(run)),
            table || ofTraining() ? training.shape() : Optional.empty(),
            testShare.or(() -> ofTraining() ? training.testShare() : Optional.empty()));
    List<String> classes =
        own.flatMap(data -> data.found().classNames())
            .or(() ->
                network
                    .run()
                    .filter(_ -> !NamedData.names().contains(name))
                    .map(run -> numbered(run, Path.of(name))))
            .orElse(List.of());
    List<String> columns =
        own.filter(_ -> table || ofTraining())
            .flatMap(data -> data.found().columns())
            .orElse(List.of());
    return new DataRequest(name, reading, network.inputs().resize(), classes, columns);
  }

  /**
   * The classes of published data, where a folder's are called as some of them are: a folder of
   * sevens alone holds no zeros. Other folders' classes are counted in their order.
   */
  private static List<String> numbered(RunConfig run, Path folder) {
    List<String> known = NamedData.classNames(run, run.network().outputs());
    boolean called =
        known.stream()
            .flatMap(name -> Stream.of(Path.of(name), Path.of("test", name)))
            .anyMatch(name -> Files.isDirectory(folder.resolve(name)));
    return called ? known : List.of();
  }

  private static boolean isOfNumbers(RunConfig run) {
    return run.recipe().loss().target() != Target.CLASS_NUMBER;
  }

  /** The seed of drawn digits: that of the training. */
  static Seed seed(TrainedNetwork network) {
    return network.run().map(run -> run.recipe().seed()).orElse(SEED);
  }

  /**
   * The test data.
   *
   * @param images how many of the first; 0 for all
   * @param atOnce how many are given to the network in one batch
   * @param counted whether it is counted which class is read as which
   * @throws UserException if they cannot be had
   */
  Dataset load(
      TrainedNetwork network,
      int images,
      int atOnce,
      boolean counted,
      Kernels kernels,
      int threads,
      Terminal terminal) {
    Optional<Path> folder =
        dataDir.or(() -> network.run().flatMap(run -> run.data().folder()).map(Path::of));
    DataSource source =
        DataOptions.find(request(network), 0, images, folder, seed(network), terminal);
    long all = images == 0 ? source.outline().test() : images;
    MemoryNeed need = MemoryNeed.withoutPlans(network, source, counted);
    Memory.require(spec, need);
    Memory.require(spec, need.withPlan(network, Math.min(atOnce, all), kernels, threads));
    DataOptions.remark(source, terminal);
    terminal.busy("Loading " + DataFolders.title(source.name()));
    Dataset test = source.loadTest();
    DataOptions.warn(test.origin(), terminal);
    if (ofTraining()) {
      network
          .run()
          .flatMap(run -> run.data().found().change(test.origin()))
          .ifPresent(change ->
              terminal.note(
                  "These are not the run's data, so numbers may not compare: %s", change));
    }
    Dataset used = RunImages.first(images, "test", test);
    return network.inputs().resize().map(used::resized).orElse(used);
  }
}
