package dev.vitrine.data;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.tensor.Shape;
import dev.vitrine.weights.numpy.NpzReader;
import dev.vitrine.weights.numpy.NumpyHeader;
import dev.vitrine.weights.stored.WeightSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An archive of NumPy's arrays of images or features and their labels, such as {@code images} and
 * {@code labels}, or {@code x_train}, {@code y_train}, {@code x_test} and {@code y_test}.
 */
final class NpzData {
  static final String SUFFIX = ".npz";

  /** A class for each number up to the largest must be at hand, so a stray one costs memory. */
  static final int LARGEST_LABEL = 65_535;

  private final Path file;
  private final String name;
  private final Reading reading;
  private final WeightSource source;
  private final Map<String, NumpyHeader> headers;
  private final Map<NpzNames.Part, NpzNames.Pair> pairs;
  private final List<String> classNames;

  /** The classes' names are the numbers from 0 if none are given. */
  private NpzData(Path file, String name, Reading reading, List<String> classNames) {
    this.file = file;
    this.name = name;
    this.reading = reading;
    source = WeightSource.of(file);
    source.refuseStrangers();
    headers = NpzReader.headers(source);
    pairs = NpzNames.pairs(headers.keySet()).orElseThrow(this::unclear);
    this.classNames = classNames.isEmpty() ? numbers() : classNames;
  }

  /** The data of a file. */
  static PartedData of(Path file, String name, Reading reading, List<String> classNames) {
    reading.refuseTargets(name);
    NpzData data = new NpzData(file, name, reading, classNames);
    return PartedData.of(
        name,
        reading,
        data.heap(NpzNames.Part.TRAIN).orElseThrow(),
        data.heap(NpzNames.Part.VALIDATION),
        data.heap(NpzNames.Part.TEST));
  }

  private UserException unclear() {
    String there =
        headers.entrySet().stream()
            .map(entry -> "%s %s".formatted(Quote.of(entry.getKey()), entry.getValue().dims()))
            .collect(Collectors.joining(", "));
    return new UserException(
        "%s: expected arrays of images and labels, such as images and labels, or x_train, y_train, x_test and y_test, but it holds %s"
            .formatted(file, there.isEmpty() ? "no arrays" : Quote.value(there)));
  }

  private Optional<Heap> heap(NpzNames.Part part) {
    return Optional.ofNullable(pairs.get(part)).map(One::new);
  }

  /** The labels of all parts tell how many classes there are. */
  private List<String> numbers() {
    int most =
        pairs.values().stream()
            .map(NpzNames.Pair::labels)
            .flatMapToInt(key -> IntStream.of(labels(key)))
            .max()
            .orElseThrow(this::unclear);
    return IntStream.rangeClosed(0, most).mapToObj(Integer::toString).toList();
  }

  private int[] labels(String key) {
    NpzArray array = new NpzArray(source, key, headers.get(key));
    return array.labels(LARGEST_LABEL);
  }

  /** The arrays of one part. */
  private final class One implements Heap {
    private final NpzNames.Pair pair;
    private final NpzArray examples;

    private One(NpzNames.Pair pair) {
      this.pair = pair;
      examples = new NpzArray(source, pair.examples(), headers.get(pair.examples()));
    }

    @Override
    public DataOutline outline() {
      Shape shape = examples.shape(reading.shape());
      boolean floats = shape.rank() == 1 || !examples.isWhole();
      return new DataOutline(
          shape, floats, Optional.empty(), examples.count(), 0, 0, examples.bytes());
    }

    @Override
    public Dataset load() {
      int[] labels = labels(pair.labels());
      if (labels.length != examples.count()) {
        throw new UserException(
            "%s: %s has %s examples, but %s has %s labels: expected equal numbers"
                .formatted(
                    file,
                    Quote.of(pair.examples()),
                    examples.count(),
                    Quote.of(pair.labels()),
                    labels.length));
      }
      Targets targets = Targets.Classes.checked("Data set " + name, classNames, labels);
      Map<String, String> sums = new TreeMap<>();
      sums.put(file.getFileName().toString(), Md5.of(source.bytes()));
      return examples
          .dataset(name, examples.shape(reading.shape()), targets)
          .origin(new Origin(sums, List.of()));
    }
  }

  /** Whether a file is called like such an archive. */
  static boolean isNamed(Path file) {
    return Stream.of(file.getFileName()).anyMatch(n -> n.toString().endsWith(SUFFIX));
  }
}
