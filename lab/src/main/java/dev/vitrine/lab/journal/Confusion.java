package dev.vitrine.lab.journal;

import dev.vitrine.error.UserException;
import dev.vitrine.format.JsonObject;
import dev.vitrine.metrics.ConfusionMatrix;
import dev.vitrine.metrics.Evaluation;
import dev.vitrine.metrics.Mistake;
import dev.vitrine.notation.RecordJson.Form;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was read as what, as a journal keeps it: the cells that are not 0.
 *
 * @param classes their names, by index
 * @param cells by actual class, then by the one that was read
 */
public record Confusion(List<String> classes, List<Cell> cells) {
  /** Copies the lists, and checks that each cell is of two classes. */
  public Confusion {
    classes = List.copyOf(classes);
    cells = List.copyOf(cells);
    for (Cell cell : cells) {
      if (Math.min(cell.actual, cell.predicted) < 0
          || Math.max(cell.actual, cell.predicted) >= classes.size()) {
        throw UserException.expecting(
            "A cell of a confusion matrix",
            "two of %s classes".formatted(classes.size()),
            cell.numbers().toString());
      }
    }
  }

  /**
   * A cell that is not 0.
   *
   * @param actual the class that is right
   * @param predicted the class that was read
   * @param count of how many examples
   * @param worst that of them with the largest loss, by its place in the data; −1 where it was read
   *     right
   */
  public record Cell(int actual, int predicted, long count, int worst) {
    /** Four numbers a cell: a matrix is long enough without their names. */
    static final Form<Cell> FORM = new Form<>(Cell.class, Cell::numbers, Cell::read);

    private static final int NUMBERS = 4;

    private List<Long> numbers() {
      return List.of((long) actual, (long) predicted, count, (long) worst);
    }

    private static Cell read(JsonObject json, String key) {
      List<?> numbers = json.list(key);
      if (numbers.size() != NUMBERS || !numbers.stream().allMatch(n -> n instanceof Long)) {
        throw UserException.expecting(
            json.source(), "cells of four whole numbers", JsonObject.shown(numbers));
      }
      return new Cell(
          whole(numbers, 0), whole(numbers, 1), (Long) numbers.get(2), whole(numbers, 3));
    }

    private static int whole(List<?> numbers, int at) {
      return Math.toIntExact((Long) numbers.get(at));
    }
  }

  /**
   * {@return what an evaluation counted}
   *
   * @param classes their names, by index
   * @param evaluation with all of its mistakes
   */
  public static Confusion of(List<String> classes, Evaluation evaluation) {
    Map<List<Integer>, Integer> worst = new HashMap<>();
    for (Mistake mistake : evaluation.worst()) { // worst first
      worst.putIfAbsent(List.of(mistake.actual(), mistake.best().index()), mistake.example());
    }
    ConfusionMatrix matrix = evaluation.confusion();
    List<Cell> cells = new ArrayList<>();
    for (int actual = 0; actual < matrix.classes(); actual++) {
      for (int read = 0; read < matrix.classes(); read++) {
        long count = matrix.count(actual, read);
        if (count > 0) {
          cells.add(new Cell(actual, read, count, worst.getOrDefault(List.of(actual, read), -1)));
        }
      }
    }
    return new Confusion(classes, cells);
  }

  /** {@return all of its cells} */
  public ConfusionMatrix matrix() {
    long[][] counts = new long[classes.size()][classes.size()];
    for (Cell cell : cells) {
      counts[cell.actual][cell.predicted] += cell.count;
    }
    return ConfusionMatrix.of(counts);
  }

  /** {@return the cells of what was misread, most often first} */
  public List<Cell> misread() {
    return cells.stream()
        .filter(cell -> cell.actual != cell.predicted)
        .sorted((a, b) -> Long.compare(b.count, a.count))
        .toList();
  }
}
