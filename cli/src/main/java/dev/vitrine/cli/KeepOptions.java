package dev.vitrine.cli;

import dev.vitrine.data.DataFolders;
import dev.vitrine.data.DataRequest;
import dev.vitrine.data.DataSource;
import dev.vitrine.data.DataSplits;
import dev.vitrine.data.Dataset;
import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.format.DType;
import dev.vitrine.random.Seed;
import dev.vitrine.run.RunConfig;
import dev.vitrine.run.RunImages;
import dev.vitrine.run.TrainedNetwork;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * What a converted file's numbers are kept as, and the data that it takes to do and to judge it.
 */
final class KeepOptions {
  private static final Map<String, DType> TYPES =
      Map.of("f32", DType.F32, "f16", DType.F16, "bf16", DType.BF16, "int8", DType.I8);

  private static final int CALIBRATION = 256;
  private static final Seed SEED = Seed.of(42);

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--dtype",
      paramLabel = "TYPE",
      description =
          "Write numbers as f32, f16 or bf16, each rounded to the nearest; whole ones stay as they"
              + " are. Whoever reads a network so computes in single precision with what the file"
              + " has. int8 makes a network compute with small whole numbers, as .onnx. Default:"
              + " tensors in their own type, a network in f32")
  private Optional<String> dtype;

  @Option(
      names = "--calibrate",
      paramLabel = "N",
      description =
          "For int8: of how many training examples it is seen how large numbers become, the first"
              + " ones. Default: 256")
  private Optional<Integer> calibrate;

  @Option(
      names = "--data",
      paramLabel = "DATA",
      description =
          "For int8, and for --certify of fewer bits: the data whose training examples calibrate and"
              + " whose test examples judge. Default: what it was trained on")
  private Optional<String> data;

  private Optional<DataSplits> loaded = Optional.empty();

  /** The type of numbers, if one was named. */
  Optional<DType> type() {
    return dtype.map(text ->
        Optional.ofNullable(TYPES.get(text.toLowerCase(Locale.ROOT)))
            .orElseThrow(() ->
                new UserException(
                    "--dtype expects f32, f16, bf16 or int8, but got %s"
                        .formatted(Quote.of(text)))));
  }

  /** Whether a network changes by it. */
  boolean isSmaller() {
    return type().filter(type -> type != DType.F32).isPresent();
  }

  boolean isWhole() {
    return type().filter(DType.I8::equals).isPresent();
  }

  /** Whether examples may be asked for. */
  boolean usesData(boolean certifies) {
    return isWhole() || (isSmaller() && certifies);
  }

  /** Refuses what would do nothing. */
  void check(boolean certifies) {
    Counts.positive("--calibrate", calibrate, CALIBRATION);
    if (!isWhole()) {
      Surplus.refuse(spec, "--calibrate", "without --dtype int8");
    }
    if (!usesData(certifies)) {
      Surplus.refuse(spec, "--data", "without --dtype int8, or --certify of f16 or bf16");
    }
  }

  /** Whether something says which data they are. */
  boolean knowsData(TrainedNetwork network) {
    return data.isPresent() || network.run().isPresent();
  }

  /** The first of the examples that it learned from. */
  Dataset training(TrainedNetwork network, Optional<Path> folder, Terminal terminal) {
    int wanted = Counts.positive("--calibrate", calibrate, CALIBRATION);
    Dataset all = splits(network, folder, terminal).train();
    if (calibrate.isPresent() && all.size() < wanted) {
      throw new UserException(
          "--calibrate expects at most %s, the training examples that there are, but got %s"
              .formatted(all.size(), wanted));
    }
    return all.slice(0, Math.min(wanted, all.size()));
  }

  /** The test examples. */
  Dataset test(TrainedNetwork network, Optional<Path> folder, Terminal terminal) {
    return splits(network, folder, terminal).test();
  }

  private DataSplits splits(TrainedNetwork network, Optional<Path> folder, Terminal terminal) {
    if (loaded.isEmpty()) {
      loaded = Optional.of(load(network, folder, terminal));
    }
    return loaded.get();
  }

  private DataSplits load(TrainedNetwork network, Optional<Path> folder, Terminal terminal) {
    if (data.isEmpty() && network.run().isPresent()) {
      RunConfig run = network.run().get();
      DataSource source = DataOptions.find(run, folder, terminal);
      terminal.busy("Loading " + DataFolders.title(source.name()));
      return RunImages.prepare(run, source.load());
    }
    String name =
        data.orElseThrow(() ->
            new UserException(
                "%s does not say which data it learned from, and int8 is calibrated with some: add --data, such as --data mnist"
                    .formatted(network.path())));
    DataSource source = DataOptions.find(DataRequest.of(name), 0, 0, folder, SEED, terminal);
    terminal.busy("Loading " + DataFolders.title(name));
    DataSplits all = source.load();
    return network
        .inputs()
        .resize()
        .map(size ->
            new DataSplits(all.train().resized(size), Optional.empty(), all.test().resized(size)))
        .orElse(all);
  }
}
