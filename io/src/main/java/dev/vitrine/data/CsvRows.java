package dev.vitrine.data;

import dev.vitrine.data.csv.CsvReader;
import dev.vitrine.error.UserException;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IntSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rows of a table as arrays, filled one after another. */
final class CsvRows {
  /** So few different whole numbers are taken for classes. */
  private static final int SURELY_CLASSES = 10;

  /** How many examples a class has at least, on the average. */
  private static final int ALIKE = 3;

  private final int count;
  private final int[] features;
  private final CsvTargets targets;
  private final byte[] pixels;
  private final float[] values;
  private final float[] numbers;
  private final int[] labels;

  /** Classes in the order in which they are met. */
  private final Map<String, Integer> classes = new LinkedHashMap<>();

  private int row;

  CsvRows(int count, int[] features, CsvTargets targets, boolean pixels) {
    this.count = count;
    this.features = features;
    this.targets = targets;
    this.pixels = new byte[pixels ? count * features.length : 0];
    values = new float[pixels ? 0 : count * features.length];
    numbers = new float[targets.numbers() ? count * targets.columns().size() : 0];
    labels = new int[targets.numbers() ? 0 : count];
  }

  void add(CsvReader in) {
    int at = row * features.length;
    for (int i = 0; i < features.length; i++) {
      float value = in.number(features[i]);
      if (values.length == 0) {
        pixels[at + i] = (byte) (int) value;
      } else {
        values[at + i] = value;
      }
    }
    List<Integer> columns = targets.columns();
    if (targets.numbers()) {
      for (int i = 0; i < columns.size(); i++) {
        numbers[row * columns.size() + i] = in.number(columns.get(i));
      }
    } else {
      labels[row] = label(in, columns.getFirst());
    }
    row++;
  }

  /** A whole number is the same class however it is written. */
  private int label(CsvReader in, int column) {
    float number = in.number(column);
    boolean whole = number == Math.rint(number) && Math.abs(number) < 1 << 24;
    String name = whole ? Integer.toString((int) number) : in.text(column);
    Integer known = classes.get(name);
    if (known == null) {
      known = classes.size();
      classes.put(name, known);
    }
    return known;
  }

  boolean areComplete() {
    return row == count;
  }

  /** The data set, with its classes in the order of their numbers or else of their characters. */
  Dataset dataset(String name, Shape shape, List<String> known) {
    Targets which =
        targets.numbers()
            ? Targets.Numbers.of(Shape.of(targets.columns().size()), numbers)
            : classes(name, known);
    if (values.length == 0) {
      return Dataset.of(name, shape, pixels, which);
    }
    return shape.rank() == 3
        ? ImageArrays.dataset(name, shape, values, false, which)
        : Dataset.of(name, shape, values, which);
  }

  /** Whole numbers of which there are hardly two alike, or with gaps between many, count things. */
  private void requireClasses(String name, List<String> met) {
    IntSummaryStatistics range = met.stream().mapToInt(Integer::parseInt).summaryStatistics();
    boolean gaps = (long) range.getMax() - range.getMin() >= met.size();
    if (met.size() > SURELY_CLASSES && (gaps || count < ALIKE * met.size())) {
      throw UserException.advising(
          "%s: the target has %s different whole numbers in %s rows, which may be numbers or classes"
              .formatted(name, met.size(), count),
          "say by %s which: mse for numbers, cross-entropy for classes",
          "the loss");
    }
  }

  private Targets classes(String name, List<String> known) {
    List<String> met = new ArrayList<>(classes.keySet());
    if (met.size() > NpzData.LARGEST_LABEL) {
      throw new UserException(
          "%s has %s classes, more than anybody tells apart: is its target a number? Then choose another loss"
              .formatted(name, met.size()));
    }
    List<String> sorted = new ArrayList<>(met);
    boolean whole = met.stream().allMatch(text -> text.matches("-?\\d{1,9}"));
    if (whole && known.isEmpty() && !targets.said()) {
      requireClasses(name, met);
    }
    sorted.sort(whole ? Comparator.comparingInt(Integer::parseInt) : Comparator.naturalOrder());
    List<String> names = ClassNames.known(name, sorted, known);
    int[] places = met.stream().mapToInt(names::indexOf).toArray();
    int[] numbered = new int[labels.length];
    for (int i = 0; i < labels.length; i++) {
      numbered[i] = places[labels[i]];
    }
    return Targets.Classes.of(names, numbered);
  }
}
