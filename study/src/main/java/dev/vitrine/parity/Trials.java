package dev.vitrine.parity;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.format.FileErrors;
import dev.vitrine.nn.Model;
import dev.vitrine.onnx.OnnxNetwork;
import dev.vitrine.random.RandomStream;
import dev.vitrine.random.Seed;
import dev.vitrine.run.TrainedNetwork;
import dev.vitrine.tensor.Shape;
import dev.vitrine.weights.Weights;
import dev.vitrine.weights.onnx.OnnxModel;
import dev.vitrine.weights.onnx.OnnxValue;
import dev.vitrine.weights.stored.Stored;
import dev.vitrine.weights.stored.StoredTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a network is given, and what should come out. */
final class Trials {
  private static final String OUTPUT = "output";

  private Trials() {}

  /** Each output of the network on drawn examples. */
  static List<Trial> drawn(TrainedNetwork network, int count, Seed seed) {
    if (!(network.spec().layers() instanceof OnnxNetwork)) {
      return List.of(drawn(OUTPUT, network.model(), count, seed));
    }
    OnnxModel file = OnnxModel.read(network.checkpoint());
    List<String> inputs = inputs(file);
    if (inputs.size() > 1) {
      throw new UserException(
          "%s has the inputs %s, but inputs are drawn for a network of one: give a folder with them"
              .formatted(network.path(), String.join(", ", inputs)));
    }
    return file.graph().outputs().stream()
        .map(output -> {
          Model model = OnnxNetwork.of(file, Optional.of(output.name()), Map.of());
          return drawn(output.name(), model, count, seed);
        })
        .toList();
  }

  private static Trial drawn(String output, Model model, int count, Seed seed) {
    float[][] examples = new float[count][model.input().elements()];
    for (int n = 0; n < count; n++) {
      RandomStream random = seed.stream("parity", n);
      for (int i = 0; i < examples[n].length; i++) {
        examples[n][i] = (float) random.normal(i);
      }
    }
    return new Trial(output, model, examples, Optional.empty());
  }

  private static List<String> inputs(OnnxModel file) {
    return file.graph().inputs().stream()
        .map(OnnxValue::name)
        .filter(name -> !file.graph().initialisers().containsKey(name))
        .toList();
  }

  /** Each output of the network on each set of stored inputs. */
  static List<Trial> stored(TrainedNetwork network, Path folder) {
    List<Trial> trials = new ArrayList<>();
    for (Path set : sets(folder)) {
      if (network.spec().layers() instanceof OnnxNetwork) {
        trials.addAll(stored(OnnxModel.read(network.checkpoint()), set));
      } else {
        trials.add(stored(OUTPUT, network.model(), set, 0));
      }
    }
    return trials;
  }

  private static List<Path> sets(Path folder) {
    if (find(folder, "input_0").isPresent()) {
      return List.of(folder);
    }
    List<Path> sets = List.of();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> within = Files.list(folder)) {
        sets = within.filter(each -> find(each, "input_0").isPresent()).sorted().toList();
      } catch (IOException e) {
        throw FileErrors.reading(folder, e);
      }
    }
    if (sets.isEmpty()) {
      throw new UserException(
          "There is no input_0.pb or input_0.npy in %s: expected a folder with a network's inputs"
              .formatted(Quote.place(folder.toString())));
    }
    return sets;
  }

  /** All inputs but the first are given to the network as numbers of its own. */
  private static List<Trial> stored(OnnxModel file, Path set) {
    List<String> inputs = inputs(file);
    Map<String, Stored> fixed = new HashMap<>();
    for (int i = 1; i < inputs.size(); i++) {
      fixed.put(inputs.get(i), new Stored.Numbers(read(set, "input_" + i)));
    }
    List<Trial> trials = new ArrayList<>();
    for (OnnxValue output : file.graph().outputs()) {
      Model model = OnnxNetwork.of(file, Optional.of(output.name()), fixed);
      trials.add(stored(output.name(), model, set, trials.size()));
    }
    return trials;
  }

  private static Trial stored(String output, Model model, Path set, int number) {
    float[][] examples = examples(read(set, "input_0").floats(), model.input(), set, "input_0");
    Optional<double[][]> expected =
        find(set, "output_" + number)
            .map(path -> {
              float[][] rows =
                  examples(tensor(path).floats(), model.output(), set, "output_" + number);
              if (rows.length != examples.length) {
                throw new UserException(
                    "%s is of %s examples, but input_0 of %s"
                        .formatted(path, rows.length, examples.length));
              }
              return Stream.of(rows).map(Agreement::widened).toArray(double[][]::new);
            });
    return new Trial(output, model, examples, expected);
  }

  private static float[][] examples(float[] all, Shape shape, Path set, String name) {
    int size = shape.elements();
    if (all.length == 0 || all.length % size != 0) {
      throw new UserException(
          "%s in %s expects examples of %s, but has %s numbers"
              .formatted(name, Quote.place(set.toString()), shape, all.length));
    }
    float[][] examples = new float[all.length / size][size];
    for (int n = 0; n < examples.length; n++) {
      System.arraycopy(all, n * size, examples[n], 0, size);
    }
    return examples;
  }

  private static StoredTensor read(Path set, String name) {
    return find(set, name)
        .map(Trials::tensor)
        .orElseThrow(() ->
            new UserException(
                "There is no %s.pb or %s.npy in %s, but the network has that input"
                    .formatted(name, name, Quote.place(set.toString()))));
  }

  private static Optional<Path> find(Path folder, String name) {
    return Stream.of(".pb", ".npy")
        .map(ending -> folder.resolve(name + ending))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private static StoredTensor tensor(Path file) {
    return file.toString().endsWith(".pb")
        ? OnnxModel.tensor(file)
        : Weights.read(file).tensors().firstEntry().getValue();
  }
}
