package dev.vitrine.neuron.learning;

import dev.vitrine.data.csv.CsvReader;
import dev.vitrine.data.csv.CsvTable;
import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Rows of a table in double precision, each with a 1 for the bias first unless a column has it.
 *
 * @param names of the inputs, that of the added 1 among them: {@code bias}
 * @param target the name of what is to be learned
 * @param inputs a row each
 * @param targets one a row
 */
public record Samples(List<String> names, String target, double[][] inputs, double[] targets) {
  /** The rows, with copies of their own. */
  public Samples {
    names = List.copyOf(names);
    inputs = Arrays.stream(inputs).map(double[]::clone).toArray(double[][]::new);
    targets = targets.clone();
  }

  /**
   * Reads a table.
   *
   * @param file text with a column an input
   * @param target the name of the column to learn; empty for the last one
   * @return its rows in order
   * @throws UserException if it is no table of numbers, or has no such column
   */
  public static Samples read(Path file, Optional<String> target) {
    CsvTable table = CsvTable.of(file, digest());
    List<String> columns = table.columns().stream().map(column -> column.name()).toList();
    int place = target.map(name -> place(file, columns, name)).orElse(columns.size() - 1);
    if (columns.size() < 2) {
      throw new UserException(
          "%s has one column: expected inputs and what is to be learned from them".formatted(file));
    }
    List<double[]> rows = rows(file, table);
    List<String> said =
        table.header() ? columns : columns.stream().map(name -> "column " + name).toList();
    double[][] inputs = new double[rows.size()][];
    double[] targets = new double[rows.size()];
    List<Integer> read = new ArrayList<>();
    for (int c = 0; c < columns.size(); c++) {
      if (c != place) {
        read.add(c);
      }
    }
    boolean biased = read.stream().anyMatch(c -> rows.stream().allMatch(row -> row[c] == 1));
    for (int i = 0; i < inputs.length; i++) {
      double[] row = rows.get(i);
      targets[i] = row[place];
      double[] chosen = read.stream().mapToDouble(c -> row[c]).toArray();
      inputs[i] = biased ? chosen : withOne(chosen);
    }
    List<String> names = new ArrayList<>(biased ? List.of() : List.of("bias"));
    read.forEach(c -> names.add(said.get(c)));
    return new Samples(names, said.get(place), inputs, targets);
  }

  private static double[] withOne(double... row) {
    double[] longer = new double[row.length + 1];
    longer[0] = 1;
    System.arraycopy(row, 0, longer, 1, row.length);
    return longer;
  }

  private static int place(Path file, List<String> columns, String name) {
    int place = columns.indexOf(name);
    if (place < 0) {
      throw UserException.unknown("target column", name, columns).of(file.toString());
    }
    return place;
  }

  private static List<double[]> rows(Path file, CsvTable table) {
    List<double[]> rows = new ArrayList<>();
    try (CsvReader in = new CsvReader(file, digest())) {
      if (table.header()) {
        in.next();
      }
      while (in.next()) {
        CsvTable.requireFields(file, in, table.columns().size());
        double[] row = new double[in.fields()];
        for (int c = 0; c < row.length; c++) {
          row[c] = number(file, in, c, table.columns().get(c).name());
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private static double number(Path file, CsvReader in, int field, String column) {
    // What single precision cannot read is no number; its digits are read again in double.
    if (!Float.isFinite(in.number(field))) {
      throw new UserException(
          "%s, line %s: column %s has %s, which is no number: write it as one, or take the column away"
              .formatted(file, in.line(), Quote.of(column), Quote.of(in.text(field))));
    }
    return Double.parseDouble(in.text(field));
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }

  /** Whether the targets are two values of different signs, so that a sum's sign is an answer. */
  boolean hasSigns() {
    double[] values = Arrays.stream(targets).distinct().sorted().toArray();
    return values.length == 2 && values[0] < 0 && values[1] > 0;
  }

  /**
   * {@return the same with targets −1 and +1}
   *
   * @throws UserException if the targets are not of two values, one of them the greater
   */
  Samples decided() {
    double[] values = Arrays.stream(targets).distinct().sorted().toArray();
    if (values.length != 2) {
      throw new UserException(
          "A threshold unit expects targets of two values, such as -1 and 1, but column %s has %s: take adaline for numbers"
              .formatted(Quote.of(target), values.length));
    }
    double[] signs = Arrays.stream(targets).map(d -> d == values[1] ? 1 : -1).toArray();
    return new Samples(names, target, inputs, signs);
  }
}
