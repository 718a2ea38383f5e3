package dev.vitrine.run;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.onnx.OnnxNetwork;
import dev.vitrine.transfer.Conventions;
import dev.vitrine.weights.Weights;
import dev.vitrine.zoo.Zoo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a run folder, a checkpoint, an ONNX file or somebody else's file says of its network. */
final class Opening {
  private Opening() {}

  /** As {@link TrainedNetwork#open(Path, Optional, Optional)}. */
  static TrainedNetwork of(Path path, Optional<String> network, Optional<String> key) {
    refuseUntrained(path);
    if (network.isEmpty() && OnnxNetwork.isOne(path)) {
      return onnx(path);
    }
    if (Files.isRegularFile(path) || isInSeveralFiles(path)) {
      return bare(path, network, key);
    }
    if (!Files.isDirectory(path)) {
      throw UserException.advising(
          "There is no run folder or checkpoint %s".formatted(path),
          "expected what %s made, such as runs/lenet-digits-1",
          "a training");
    }
    RunFolder folder = RunFolder.open(path);
    if (network.isPresent()) {
      throw UserException.advising(
          "A bare checkpoint needs a network, but %s is a folder, which knows its own"
              .formatted(path),
          "leave %s out",
          "the network");
    }
    RunConfig config = folder.config();
    NetworkSpec spec = config.network().spec();
    return new TrainedNetwork(
        path,
        spec,
        folder.checkpoint(),
        fitting(spec, InputFacts.of(config), path),
        Optional.of(config),
        folder.status(),
        Optional.empty());
  }

  /** A run may have anything in its folder. */
  private static boolean isInSeveralFiles(Path path) {
    return !RunFolder.isRun(path) && Weights.isInSeveralFiles(path);
  }

  /** The name or the file of a network is what beginners try first. */
  static void refuseUntrained(Path path) {
    String name = path.toString();
    boolean file = Files.isRegularFile(path) && name.toLowerCase(Locale.ROOT).endsWith(".json");
    if ((file && !Weights.isInSeveralFiles(path)) || (!Files.exists(path) && Zoo.has(name))) {
      throw UserException.advising(
          "%s is a network that has learned nothing yet".formatted(name),
          "%s, and name the run folder, such as runs/lenet-digits-1",
          "train " + name);
    }
  }

  private static TrainedNetwork bare(
      Path checkpoint, Optional<String> network, Optional<String> key) {
    Map<String, String> notes = CheckpointNotes.known(checkpoint, Weights.read(checkpoint).notes());
    boolean own = notes.containsKey(CheckpointNotes.MODEL);
    NetworkSpec spec = specOf(checkpoint, notes, network);
    return new TrainedNetwork(
        checkpoint,
        spec,
        checkpoint,
        fitting(spec, inputs(checkpoint, notes), checkpoint),
        Optional.empty(),
        own ? TrainingStatus.of(checkpoint) : TrainingStatus.unknown(),
        own ? Optional.empty() : Optional.of(new ForeignWeights(key, Conventions.NONE)));
  }

  /** What a checkpoint's notes say of its inputs, or the configuration beside it. */
  static InputFacts inputs(Path checkpoint, Map<String, String> notes) {
    return BareCheckpoint.config(checkpoint, notes)
        .map(InputFacts::of)
        .or(() -> CheckpointNotes.inputs(checkpoint, notes))
        .orElse(InputFacts.NONE);
  }

  /** Of an ONNX file. */
  private static TrainedNetwork onnx(Path file) {
    OnnxNetwork network = OnnxNetwork.open(file, Optional.empty());
    NetworkSpec spec = spec(network);
    InputFacts inputs = CheckpointNotes.ofOnnx(file, network.metadata()).orElse(InputFacts.NONE);
    return new TrainedNetwork(
        file,
        spec,
        file,
        fitting(spec, inputs, file),
        Optional.empty(),
        TrainingStatus.unknown(),
        Optional.empty());
  }

  /** A network of an ONNX file, which is called what the file is. */
  static NetworkSpec spec(OnnxNetwork network) {
    return new NetworkSpec(network.name(), network.name(), network.input(), network);
  }

  /** Checks that a training's normalisation has numbers for the channels of the network. */
  static InputFacts fitting(NetworkSpec spec, InputFacts inputs, Path source) {
    try {
      inputs.normalisation().ifPresent(known -> known.requireFit(spec.input()));
    } catch (UserException e) {
      throw e.of(source.toString());
    }
    return inputs;
  }

  private static NetworkSpec specOf(
      Path checkpoint, Map<String, String> notes, Optional<String> network) {
    Optional<NetworkSpec> written = CheckpointNotes.network(checkpoint, notes);
    if (network.isEmpty() && written.isPresent()) {
      return written.get();
    }
    String own = notes.getOrDefault(CheckpointNotes.MODEL, "");
    String model = network.orElseGet(() -> named(checkpoint, own));
    return Zoo.has(model)
        ? CheckpointNotes.builtFor(checkpoint, notes)
            .map(b -> Zoo.find(model, b.input(), b.classes()))
            .orElseGet(() -> Zoo.find(model))
        : Zoo.find(model);
  }

  private static String named(Path checkpoint, String model) {
    if (Zoo.has(model)) {
      return model;
    }
    throw model.isEmpty()
        ? UserException.advising(
            "%s does not say whose numbers it holds".formatted(checkpoint),
            "give %s: %s, or a network file",
            "the network",
            "a known network's name")
        : UserException.advising(
            "%s holds the numbers of a network file that was called %s"
                .formatted(checkpoint, Quote.of(model)),
            "give that file as %s",
            "the network");
  }
}
