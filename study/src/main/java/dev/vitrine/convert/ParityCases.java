package dev.vitrine.convert;

import dev.vitrine.convert.Computation.End;
import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.format.FileErrors;
import dev.vitrine.image.Normalisation;
import dev.vitrine.random.RandomStream;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import dev.vitrine.weights.Weights;
import dev.vitrine.weights.onnx.OnnxModel;
import dev.vitrine.weights.stored.StoredTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
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
   * @param inputs as the network is given them
   * @param outputs what the original made of it elsewhere, of those that are stored
   */
  record Case(List<float[]> inputs, List<Optional<float[]>> outputs) {
    Optional<float[]> stored(int output) {
      return output < outputs.size() ? outputs.get(output) : Optional.empty();
    }
  }

  /**
   * Random pictures, as the network is given them: the same for the same shape. What it is given
   * besides is random between 0 and 1.
   */
  static List<Case> random(int count, Shape input, Normalisation normalisation, List<End> inputs) {
    int plane = input.rank() == 3 ? input.size(1) * input.size(2) : input.elements();
    List<Case> cases = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      RandomStream random = SEED.stream("parity", n);
      float[] picture = new float[input.elements()];
      for (int i = 0; i < picture.length; i++) {
        int channel = normalisation.isUniform() ? 0 : i / plane;
        picture[i] = normalisation.number(random.below(i, SAMPLES), channel);
      }
      List<float[]> given = new ArrayList<>(List.of(picture));
      for (End further : inputs.subList(1, inputs.size())) {
        given.add(numbers(SEED.stream("parity input " + further.place(), n), further.size()));
      }
      cases.add(new Case(given, List.of()));
    }
    return cases;
  }

  private static float[] numbers(RandomStream random, int size) {
    float[] numbers = new float[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = random.below(i, SAMPLES) / (float) SAMPLES;
    }
    return numbers;
  }

  /**
   * The examples of a folder: {@code input_0} and so on and, where they are there, {@code output_0}
   * and so on, as ONNX's {@code .pb} or NumPy's {@code .npy}, in the folder or in folders {@code
   * test_data_set_…} in it.
   *
   * @param all whether the outputs are all that the original makes
   * @throws UserException if there is none, or one does not fit the network
   */
  static List<Case> stored(Path folder, Computation network, List<End> outputs, boolean all) {
    if (!Files.isDirectory(folder)) {
      throw new UserException(
          "The inputs %s expect a folder with input_0.pb or input_0.npy, or a number of random ones"
              .formatted(Quote.place(folder.toString())));
    }
    List<End> inputs = network.inputs();
    List<Case> cases = new ArrayList<>();
    for (Path set : sets(folder)) {
      refuseMore(set, "input", network.places());
      if (all) {
        refuseMore(set, "output", outputs.size());
      }
      if (file(set, "input_" + inputs.getFirst().place()).isPresent()) {
        cases.addAll(examples(set, inputs, outputs));
      }
    }
    if (cases.isEmpty()) {
      throw new UserException(
          "%s holds no input_0.pb or input_0.npy".formatted(Quote.place(folder.toString())));
    }
    return cases;
  }

  private static void refuseMore(Path set, String part, int count) {
    file(set, part + "_" + count)
        .ifPresent(more -> {
          throw new UserException(
              "%s is an %s too many: the network has %s"
                  .formatted(Quote.place(more.toString()), part, count));
        });
  }

  private static List<Path> sets(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      List<Path> sets = new ArrayList<>(List.of(folder));
      all.filter(path -> Files.isDirectory(path) && name(path).startsWith("test_data_set_"))
          .sorted()
          .forEach(sets::add);
      return sets;
    } catch (IOException e) {
      throw FileErrors.reading(folder, e);
    }
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  private static Optional<Path> file(Path folder, String name) {
    List<Path> there =
        ENDINGS.stream()
            .map(ending -> folder.resolve(name + ending))
            .filter(Files::isRegularFile)
            .toList();
    if (there.size() > 1) {
      throw new UserException(
          "%s and %s are one example twice: leave one out"
              .formatted(
                  Quote.place(there.getFirst().toString()),
                  Quote.place(there.getLast().toString())));
    }
    return there.stream().findFirst();
  }

  private static List<Case> examples(Path set, List<End> inputs, List<End> outputs) {
    End one = inputs.getFirst();
    int count = count(file(set, "input_" + one.place()).orElseThrow(), one);
    List<Batch> given = new ArrayList<>();
    for (End input : inputs) {
      String name = "input_" + input.place();
      Path file =
          file(set, name)
              .orElseThrow(() ->
                  new UserException(
                      "%s holds no %s.pb or %s.npy, but the network has %s inputs"
                          .formatted(Quote.place(set.toString()), name, name, inputs.size())));
      given.add(batch(file, count, "input", input.shape()));
    }
    List<Optional<Batch>> expected =
        outputs.stream()
            .map(output ->
                file(set, "output_" + output.place())
                    .map(file -> batch(file, count, "output", output.shape())))
            .toList();
    return IntStream.range(0, count)
        .mapToObj(n ->
            new Case(
                given.stream().map(batch -> batch.example(n)).toList(),
                expected.stream().map(made -> made.map(batch -> batch.example(n))).toList()))
        .toList();
  }

  /** The numbers of several examples, one after another. */
  private record Batch(float[] all, int size) {
    float[] example(int n) {
      return Arrays.copyOfRange(all, n * size, (n + 1) * size);
    }
  }

  /** How many examples a file has. */
  private static int count(Path file, End input) {
    long numbers = tensor(file).elements();
    if (numbers == 0 || numbers % input.size() != 0) {
      throw new UserException(
          "%s holds %s numbers, but an example of the network's input has %s"
              .formatted(Quote.place(file.toString()), numbers, input.size()));
    }
    return Math.toIntExact(numbers / input.size());
  }

  private static Batch batch(Path file, int count, String part, Shape shape) {
    StoredTensor got = tensor(file);
    int size = shape.elements();
    if (got.elements() != (long) count * size) {
      throw new UserException(
          "%s holds %s numbers, but expected are %s for each of %s: the network's %s"
              .formatted(Quote.place(file.toString()), got.elements(), size, count, part));
    }
    if (!isLike(got.dims(), shape)) {
      throw new UserException(
          "%s is of %s, but expected is %s for each of %s: the network's %s"
              .formatted(
                  Quote.place(file.toString()),
                  Quote.value(got.dims().toString()),
                  shape,
                  count,
                  part));
    }
    return new Batch(got.floats(), size);
  }

  /**
   * Whether examples of a shape, as many numbers as they are, lie as it says: their axes are the
   * last, or all in one. Only images have several of which it matters that a size is 1.
   */
  private static boolean isLike(List<Long> dims, Shape shape) {
    List<Long> sizes = Arrays.stream(shape.sizes()).asLongStream().boxed().toList();
    boolean last =
        dims.size() >= sizes.size()
            && dims.subList(dims.size() - sizes.size(), dims.size()).equals(sizes);
    List<Long> example = withoutOnes(dims.subList(Math.min(1, dims.size()), dims.size()));
    return dims.size() <= 2
        || last
        || (shape.rank() != 3
            && (example.equals(withoutOnes(sizes))
                || withoutOnes(dims).equals(withoutOnes(sizes))));
  }

  private static List<Long> withoutOnes(List<Long> sizes) {
    return sizes.stream().filter(size -> size != 1).toList();
  }

  private static StoredTensor tensor(Path file) {
    return file.toString().endsWith(".pb") ? OnnxModel.tensor(file) : array(file);
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
