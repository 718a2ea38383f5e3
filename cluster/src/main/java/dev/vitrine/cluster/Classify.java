package dev.vitrine.cluster;

import dev.vitrine.error.UserException;
import dev.vitrine.predict.Guess;
import dev.vitrine.predict.LayerOutput;
import dev.vitrine.predict.Predictor;
import dev.vitrine.predict.Probabilities;
import java.io.Serial;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * The rows of a partition with what a network says of them, a batch at a time. It carries the bytes
 * of the network's checkpoint, which each process opens once.
 *
 * @param hash of the checkpoint
 * @param checkpoint the network
 * @param column where the input stands in a row
 * @param top how many classes are named
 * @param layer whose output comes as features; empty for none
 */
record Classify(String hash, byte[] checkpoint, int column, int top, String layer)
    implements MapPartitionsFunction<Row, Row> {
  @Serial private static final long serialVersionUID = 1L;

  /** Rows at a time: whole blocks of lanes. */
  private static final int BATCH = 64;

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return new Answers(rows, HeldModels.of(hash, checkpoint));
  }

  /** What a row comes to. */
  private static final class Answer {
    private final Row row;
    private float[] input;
    private String reason;

    Answer(Row row) {
      this.row = row;
    }
  }

  private final class Answers implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final HeldModels.Held held;
    private final Optional<LayerOutput> features;
    private final Deque<Row> ready = new ArrayDeque<>();

    Answers(Iterator<Row> rows, HeldModels.Held held) {
      this.rows = rows;
      this.held = held;
      features = layer.isEmpty() ? Optional.empty() : Optional.of(held.predictor().layer(layer));
    }

    @Override
    public boolean hasNext() {
      return !ready.isEmpty() || rows.hasNext();
    }

    @Override
    public Row next() {
      if (ready.isEmpty()) {
        if (!rows.hasNext()) {
          throw new NoSuchElementException("There are no more rows");
        }
        answer();
      }
      return ready.removeFirst();
    }

    private void answer() {
      List<Answer> batch = new ArrayList<>();
      while (batch.size() < BATCH && rows.hasNext()) {
        batch.add(read(rows.next()));
      }
      float[][] inputs =
          batch.stream().filter(a -> a.input != null).map(a -> a.input).toArray(float[][]::new);
      Predictor predictor = held.predictor();
      float[][] scores = inputs.length == 0 ? inputs : predictor.predict(inputs);
      float[][] seen =
          features.isEmpty() || inputs.length == 0 ? inputs : features.get().read(inputs);
      int at = 0;
      for (Answer answer : batch) {
        if (answer.input == null) {
          ready.add(with(answer, null, null));
        } else {
          ready.add(with(answer, scores[at], seen[at]));
          at++;
        }
      }
    }

    private Answer read(Row row) {
      Answer answer = new Answer(row);
      try {
        answer.input =
            RowInputs.of(row.get(column), held.preprocessing(), held.predictor().input());
      } catch (UserException e) {
        answer.reason = e.getMessage();
      }
      return answer;
    }

    private Row with(Answer answer, float[] scores, float[] seen) {
      double[] probabilities = null;
      if (scores != null) {
        try {
          probabilities = probabilities(scores);
        } catch (UserException e) {
          answer.reason = e.getMessage();
        }
      }
      List<Object> cells = new ArrayList<>();
      for (int c = 0; c < answer.row.size(); c++) {
        cells.add(answer.row.get(c));
      }
      List<Guess> ranked = probabilities == null ? List.of() : Probabilities.ranked(probabilities);
      cells.add(probabilities == null ? null : Vectors.dense(probabilities));
      cells.add(probabilities == null ? null : (double) ranked.getFirst().index());
      if (top > 0) {
        cells.add(probabilities == null ? null : named(ranked));
      }
      if (features.isPresent()) {
        cells.add(probabilities == null ? null : Vectors.dense(widened(seen)));
      }
      cells.add(answer.reason);
      return RowFactory.create(cells.toArray());
    }

    private double[] probabilities(float[] scores) {
      return held.predictor().output().isSoftmax()
          ? widened(scores)
          : Probabilities.softmax(scores);
    }

    private static double[] widened(float... values) {
      double[] wide = new double[values.length];
      for (int i = 0; i < wide.length; i++) {
        wide[i] = values[i];
      }
      return wide;
    }

    private Row[] named(List<Guess> ranked) {
      return ranked.subList(0, Math.min(top, ranked.size())).stream()
          .map(guess -> RowFactory.create(guess.index(), guess.probability()))
          .toArray(Row[]::new);
    }
  }
}
