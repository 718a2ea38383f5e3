package dev.vitrine.data;

import dev.vitrine.data.csv.CsvColumn;
import dev.vitrine.data.csv.CsvReader;
import dev.vitrine.data.csv.CsvTable;
import dev.vitrine.error.UserException;
import dev.vitrine.tensor.Shape;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A table of features with a class or numbers to be told from them. It is gone through twice: once
 * for what it is, and once to read it into arrays of the right size.
 */
final class CsvData implements Heap {
  private static final Pattern NAME = Pattern.compile("(?i).*\\.(csv|tsv|tab)");

  private final Path file;
  private final String name;
  private final List<String> known;
  private final CsvTable table;
  private final CsvTargets targets;
  private final int[] features;
  private final Shape shape;

  private CsvData(Path file, DataRequest request) {
    this.file = file;
    name = request.name();
    known = request.classes();
    table = CsvTable.of(file, Md5.digest());
    targets = CsvTargets.of(table, request.reading());
    features = CsvFeatures.of(table, targets.columns(), request.columns());
    for (int feature : features) {
      CsvTargets.requireNumbers(table, table.columns().get(feature));
    }
    shape = request.reading().shape().orElse(Shape.of(features.length));
    if (shape.elements() != features.length) {
      throw new UserException(
          "%s has %s columns besides the target, but an example of shape %s has %s numbers"
              .formatted(file, features.length, shape, shape.elements()));
    }
    if (table.rows() * features.length > Integer.MAX_VALUE - 8) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%s has %,d rows of %,d numbers, more than an array holds: divide it",
              file,
              table.rows(),
              features.length));
    }
  }

  /** Whether a file is called like a table. */
  static boolean isNamed(Path file) {
    return NAME.matcher(file.getFileName().toString()).matches();
  }

  /**
   * The data of a table.
   *
   * @throws UserException if it is no such table
   */
  static PartedData of(Path file, DataRequest request) {
    return PartedData.of(request.name(), request.reading(), new CsvData(file, request));
  }

  /** Whether the examples are images of levels. */
  private boolean isPixels() {
    return shape.rank() == 3
        && IntStream.of(features).mapToObj(table.columns()::get).allMatch(CsvColumn::isLevels);
  }

  private List<String> names() {
    return table.header()
        ? IntStream.of(features).mapToObj(i -> table.columns().get(i).name()).toList()
        : List.of();
  }

  @Override
  public DataOutline outline() {
    Optional<Shape> numbers =
        targets.numbers() ? Optional.of(Shape.of(targets.columns().size())) : Optional.empty();
    return new DataOutline(shape, !isPixels(), numbers, table.rows(), 0, 0, 0);
  }

  @Override
  public Dataset load() {
    MessageDigest sum = Md5.digest();
    CsvRows rows = new CsvRows((int) table.rows(), features, targets, isPixels());
    try (CsvReader in = new CsvReader(file, sum)) {
      if (table.header()) {
        in.next();
      }
      for (long row = 0; row < table.rows() && in.next(); row++) {
        CsvTable.requireFields(file, in, table.columns().size());
        rows.add(in);
      }
      if (!rows.areComplete() || in.next()) {
        throw new UserException("%s changed while it was read".formatted(file));
      }
    }
    Map<String, String> sums = Map.of(file.getFileName().toString(), Md5.hex(sum));
    return rows.dataset(name, shape, known).origin(new Origin(sums, List.of(), names()));
  }
}
