package dev.vitrine.convert;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.image.Normalisation;
import dev.vitrine.random.RandomStream;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import dev.vitrine.weights.Weights;
import dev.vitrine.weights.onnx.OnnxModel;
import dev.vitrine.weights.stored.StoredTensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What two networks are given to be compared by, an example each. */
final class ParityCases {
  private static final Seed SEED = Seed.of(42);
  private static final int SAMPLES = 256;
  private static final List<String> ENDINGS = List.of(".pb", ".npy");

  private ParityCases() {}

  /**
   * An example.
   *
   * @param input as the network is given it
   * @param output what the original made of it elsewhere, if that is stored
   */
  record Case(float[] input, Optional<float[]> output) {}

  /** Random pictures, as the network is given them: the same for the same shape. */
  static List<Case> random(int count, Shape input, Normalisation normalisation) {
    int plane = input.rank() == 3 ? input.size(1) * input.size(2) : input.elements();
    List<Case> cases = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      RandomStream random = SEED.stream("parity", n);
      float[] numbers = new float[input.elements()];
      for (int i = 0; i < numbers.length; i++) {
        int channel = normalisation.isUniform() ? 0 : i / plane;
        numbers[i] = normalisation.number(random.below(i, SAMPLES), channel);
      }
      cases.add(new Case(numbers, Optional.empty()));
    }
    return cases;
  }

  /**
   * The examples of a folder: {@code input_0} and, if it is there, {@code output_0}, as ONNX's
   * {@code .pb} or NumPy's {@code .npy}, in the folder or in folders {@code test_data_set_…} in it.
   *
   * @throws UserException if there is none, or one does not fit the network
   */
  static List<Case> stored(Path folder, int inputs, int outputs) {
    if (!Files.isDirectory(folder)) {
      throw new UserException(
          "The inputs %s expect a folder with input_0.pb or input_0.npy, or a number of random ones"
              .formatted(Quote.place(folder.toString())));
    }
    List<Case> cases = new ArrayList<>();
    for (Path set : sets(folder)) {
      file(set, "input_1")
          .ifPresent(second -> {
            throw new UserException(
                "%s is a second input, but a network here has one"
                    .formatted(Quote.place(second.toString())));
          });
      Optional<Path> input = file(set, "input_0");
      if (input.isPresent()) {
        cases.addAll(examples(input.get(), file(set, "output_0"), inputs, outputs));
      }
    }
    if (cases.isEmpty()) {
      throw new UserException(
          "%s holds no input_0.pb or input_0.npy".formatted(Quote.place(folder.toString())));
    }
    return cases;
  }

  private static List<Path> sets(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      List<Path> sets = new ArrayList<>(List.of(folder));
      all.filter(path -> Files.isDirectory(path) && name(path).startsWith("test_data_set_"))
          .sorted()
          .forEach(sets::add);
      return sets;
    } catch (java.io.IOException e) {
      throw new UserException(
          "Cannot read %s: %s".formatted(Quote.place(folder.toString()), e.getMessage()), e);
    }
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  private static Optional<Path> file(Path folder, String name) {
    return ENDINGS.stream()
        .map(ending -> folder.resolve(name + ending))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private static List<Case> examples(Path input, Optional<Path> output, int inputs, int outputs) {
    float[] given = numbers(input);
    int count = Math.max(1, given.length / inputs);
    requireSize(input, given, count, "input", inputs);
    Optional<float[]> expected = output.map(ParityCases::numbers);
    expected.ifPresent(made -> requireSize(output.get(), made, count, "output", outputs));
    List<Case> cases = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      int at = n;
      cases.add(new Case(part(given, n, inputs), expected.map(made -> part(made, at, outputs))));
    }
    return cases;
  }

  private static float[] part(float[] all, int n, int size) {
    return Arrays.copyOfRange(all, n * size, (n + 1) * size);
  }

  private static void requireSize(Path file, float[] got, int count, String part, int size) {
    if (got.length != (long) count * size) {
      throw new UserException(
          "%s holds %s numbers, but expected are %s for each of %s: the network's %s"
              .formatted(Quote.place(file.toString()), got.length, size, count, part));
    }
  }

  private static float[] numbers(Path file) {
    return (file.toString().endsWith(".pb") ? OnnxModel.tensor(file) : array(file)).floats();
  }

  private static StoredTensor array(Path file) {
    List<StoredTensor> tensors = List.copyOf(Weights.read(file).tensors().values());
    if (tensors.size() != 1) {
      throw new UserException(
          "%s holds %s tensors, but an example is one"
              .formatted(Quote.place(file.toString()), tensors.size()));
    }
    return tensors.getFirst();
  }
}
