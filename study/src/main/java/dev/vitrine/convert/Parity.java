package dev.vitrine.convert;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.nn.Model;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.onnx.LastSoftmax;
import dev.vitrine.onnx.OnnxNetwork;
import dev.vitrine.onnx.OnnxOutput;
import dev.vitrine.run.LoadedNetwork;
import dev.vitrine.run.TrainedNetwork;
import dev.vitrine.transfer.Conventions;
import dev.vitrine.transfer.Transfer;
import dev.vitrine.weights.Weights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * What a converted file is compared with: examples, and what the original makes of them. That is
 * what is stored of it, computed elsewhere; else the double interpreter computes it: an ONNX file's
 * own graph, or the network with the original's tensors. The converted file is read again and
 * computed in single precision, by the plan.
 */
public final class Parity {
  private final TrainedNetwork original;
  private final Computation reference;
  private final List<Ending> outputs;
  private final List<ParityCases.Case> cases;

  private Parity(
      TrainedNetwork original,
      Computation reference,
      List<Ending> outputs,
      List<ParityCases.Case> cases) {
    this.original = original;
    this.reference = reference;
    this.outputs = outputs;
    this.cases = cases;
  }

  /**
   * An output of the original.
   *
   * @param output what it is called and stored as
   * @param softmax what makes it of the logits in which networks end
   */
  private record Ending(OnnxOutput output, Optional<LastSoftmax> softmax) {}

  /**
   * {@return a comparison by random pictures}
   *
   * @param original the network that is converted
   * @param count how many pictures, 1 or more
   * @throws UserException if its file cannot be read, or makes other outputs than the network
   */
  public static Parity random(TrainedNetwork original, int count) {
    Objects.requireNonNull(original, "original");
    if (count < 1) {
      throw UserException.expecting(
          "The number of random inputs", "1 or more", Integer.toString(count));
    }
    Computation reference = reference(original);
    return new Parity(
        original,
        reference,
        outputs(original),
        ParityCases.random(
            count, original.spec().input(), original.normalisation(), reference.inputs()));
  }

  /**
   * {@return a comparison by examples that are stored}
   *
   * @param original the network that is converted
   * @param folder holds {@code input_0.pb} or {@code .npy}, {@code input_1} and so on for further
   *     inputs and, if the original's answers are known, {@code output_0} and so on likewise; or
   *     folders {@code test_data_set_…} with these
   * @throws UserException if a file cannot be read, or does not fit the network
   */
  public static Parity stored(TrainedNetwork original, Path folder) {
    Objects.requireNonNull(original, "original");
    Objects.requireNonNull(folder, "folder");
    Computation reference = reference(original);
    List<Ending> outputs = outputs(original);
    List<Computation.End> ends =
        IntStream.range(0, outputs.size())
            .mapToObj(
                k -> new Computation.End(outputs.get(k).output().place(), reference.made().get(k)))
            .toList();
    boolean all = outputs.size() > 1 || !OnnxNetwork.isOne(original.checkpoint());
    return new Parity(
        original, reference, outputs, ParityCases.stored(folder, reference, ends, all));
  }

  /** The original: the graph of an ONNX file is its own, whatever network its numbers went to. */
  private static Computation reference(TrainedNetwork original) {
    Computation reference =
        original.foreign().isPresent() && OnnxNetwork.isOne(original.checkpoint())
            ? new Computation(OnnxNetwork.read(original.checkpoint(), Optional.empty()))
            : new Computation(whole(original));
    Model.Network network = Model.inference(original.spec().layers(), original.spec().input());
    int in = original.spec().input().elements();
    int out = network.output().shape().elements();
    int gets = reference.inputs().getFirst().size();
    int makes = reference.outputs().getFirst();
    if (gets != in || makes != out) {
      throw new UserException(
          "%s makes %s numbers of %s, but the network it is converted for %s of %s: they cannot be compared"
              .formatted(Quote.place(original.checkpoint().toString()), makes, gets, out, in));
    }
    return reference;
  }

  /** Infinite here and there would be equal, but not to the original. */
  private static Model whole(TrainedNetwork original) {
    LoadedNetwork loaded = original.withAllOutputs().load();
    loaded.reading().flaws().stream()
        .filter(flaw -> flaw.beyond() > 0)
        .findFirst()
        .ifPresent(flaw -> {
          throw new UserException(
              "%s: %s: a network with it cannot be equal to the original"
                  .formatted(Quote.place(original.checkpoint().toString()), flaw.sentence()));
        });
    return loaded.model();
  }

  private static List<Ending> outputs(TrainedNetwork original) {
    if (original.withAllOutputs().spec().layers() instanceof OnnxNetwork own) {
      return outputs(own);
    }
    return OnnxNetwork.isOne(original.checkpoint())
        ? outputs(OnnxNetwork.open(original.checkpoint(), Optional.empty()))
        : List.of(new Ending(new OnnxOutput(0, "output", "output"), Optional.empty()));
  }

  private static List<Ending> outputs(OnnxNetwork network) {
    List<Optional<LastSoftmax>> softmaxes = network.softmaxes();
    return IntStream.range(0, softmaxes.size())
        .mapToObj(k -> new Ending(network.outputs().get(k), softmaxes.get(k)))
        .toList();
  }

  /**
   * Compares.
   *
   * @param converted the file that was made of the original
   * @param progress is told what is done
   * @return the differences
   * @throws UserException if the file cannot be read
   */
  public Certificate of(Path converted, Consumer<String> progress) {
    Objects.requireNonNull(converted, "converted");
    Objects.requireNonNull(progress, "progress");
    Computation made = new Computation(made(original.spec(), converted));
    requireAlike(made, converted);
    progress.accept("comparing, %s examples".formatted(cases.size()));
    List<List<double[]>> got = made.plain(cases.stream().map(ParityCases.Case::inputs).toList());
    List<Differences> differences = new ArrayList<>();
    for (int k = 0; k < made.outputs().size(); k++) {
      differences.add(new Differences(outputs.get(k).output().name(), made.outputs().get(k)));
    }
    for (int n = 0; n < cases.size(); n++) {
      progress.accept("comparing, example %s of %s".formatted(n + 1, cases.size()));
      compare(cases.get(n), got.get(n), differences);
    }
    return new Certificate(
        original.checkpoint(),
        converted,
        cases.size(),
        differences.stream().map(Differences::found).toList());
  }

  private void compare(ParityCases.Case each, List<double[]> got, List<Differences> differences) {
    boolean known = IntStream.range(0, got.size()).allMatch(k -> each.stored(k).isPresent());
    List<double[]> computed = known ? List.of() : reference.precise(each.inputs());
    for (int k = 0; k < got.size(); k++) {
      Optional<float[]> stored = each.stored(k);
      if (stored.isPresent()) {
        double[] logits = got.get(k);
        double[] like = outputs.get(k).softmax().map(it -> it.of(logits)).orElse(logits);
        differences.get(k).add(Computation.doubles(stored.get()), like);
        differences.get(k).countStored();
      } else {
        differences.get(k).add(computed.get(k), got.get(k));
      }
    }
  }

  /** What stands in the file that was written, read again. */
  static Model made(NetworkSpec spec, Path file) {
    boolean itself = OnnxNetwork.isOne(file) || TrainedNetwork.saysNetwork(Weights.read(file));
    if (itself) {
      return TrainedNetwork.open(file, Optional.empty()).withAllOutputs().model();
    }
    Model model = Model.of(spec.layers(), spec.input());
    Transfer.of(Weights.read(file), spec, Optional.empty(), Conventions.NONE).into(model);
    return model;
  }

  /** A file with the first of several outputs alone is compared by that. */
  private void requireAlike(Computation made, Path converted) {
    List<Integer> outputs = reference.outputs();
    int count = Math.min(outputs.size(), made.outputs().size());
    if (!sizes(made).equals(sizes(reference))
        || !made.outputs().equals(outputs.subList(0, count))) {
      throw new UserException(
          "%s makes outputs of %s numbers of inputs of %s, but its original of %s of %s: they cannot be compared"
              .formatted(
                  Quote.place(converted.toString()),
                  made.outputs(),
                  sizes(made),
                  outputs,
                  sizes(reference)));
    }
  }

  private static List<Integer> sizes(Computation network) {
    return network.inputs().stream().map(Computation.End::size).toList();
  }
}
