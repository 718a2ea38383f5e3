package dev.vitrine.lab.studies;

import dev.vitrine.data.DataFolders;
import dev.vitrine.error.Decimal;
import dev.vitrine.error.UserException;
import dev.vitrine.format.TextFile;
import dev.vitrine.random.RandomStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The points of a regression.
 *
 * @param x rows of (1, x₁, x₂)
 * @param d what each row should give
 * @param origin a sentence on where they come from
 * @param given whether they are the exercise's
 */
record LmsData(double[][] x, double[] d, String origin, boolean given) {
  static final String FILE = "lms/dataset_seed_variant_derived.csv";
  private static final int COLUMNS = 4;
  private static final int DRAWN = 100;
  private static final double NOISE = 0.01;

  static LmsData of(Desk desk) {
    Optional<Path> file = desk.quick() ? Optional.empty() : find(desk.folders());
    return file.map(LmsData::read).orElseGet(() -> drawn(desk));
  }

  static Optional<Path> find(DataFolders folders) {
    return Stream.of(folders.chosen(), folders.environment(), Optional.of(folders.cache()))
        .flatMap(Optional::stream)
        .map(folder -> folder.resolve(FILE))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  static LmsData read(Path file) {
    List<String> lines = TextFile.read(file).lines().skip(1).filter(s -> !s.isBlank()).toList();
    double[][] x = new double[lines.size()][];
    double[] d = new double[lines.size()];
    for (int i = 0; i < d.length; i++) {
      double[] row = row(file, i + 2, lines.get(i));
      x[i] = Arrays.copyOf(row, COLUMNS - 1);
      d[i] = row[COLUMNS - 1];
    }
    if (d.length < COLUMNS) {
      throw UserException.expecting(
          file.getFileName().toString(), "4 rows or more below its head", d.length + "");
    }
    return new LmsData(x, d, "%s points of %s, in file order.".formatted(d.length, FILE), true);
  }

  private static double[] row(Path file, int line, String text) {
    try {
      double[] row = Stream.of(text.split(",", -1)).mapToDouble(Decimal::parse).toArray();
      if (row.length == COLUMNS) {
        return row;
      }
    } catch (NumberFormatException _) {
      // is said below
    }
    throw UserException.expecting(
        "%s, line %s".formatted(file.getFileName(), line), "1, x1, x2 and d as numbers", text);
  }

  /** Of the same kind: a plane (−1, 1, −2) over normal places, with noise of deviation 0.01. */
  private static LmsData drawn(Desk desk) {
    RandomStream places = desk.seed().stream("lms places");
    RandomStream noise = desk.seed().stream("lms noise");
    double[][] x = new double[DRAWN][];
    double[] d = new double[DRAWN];
    for (int i = 0; i < DRAWN; i++) {
      double[] at = {places.normal(2L * i), places.normal(2L * i + 1)};
      x[i] = new double[] {1, at[0], at[1]};
      d[i] = -1 + at[0] - 2 * at[1] + NOISE * noise.normal(i);
    }
    String why = desk.quick() ? "the thin version" : FILE + " is in no data folder";
    return new LmsData(
        x,
        d,
        "100 points drawn from the seed, of d = −1 + x₁ − 2x₂ + noise of deviation 0.01 (%s), so their numbers are not the documents'."
            .formatted(why),
        false);
  }
}
