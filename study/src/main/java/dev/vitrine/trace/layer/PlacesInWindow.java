package dev.vitrine.trace.layer;

import dev.vitrine.op.MaxPool;
import dev.vitrine.op.Window;
import dev.vitrine.tensor.Shape;
import dev.vitrine.trace.Document.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A usual slip in the gradient of max-pooling: a matrix whose columns are the places inside a
 * window, not the pixels.
 */
final class PlacesInWindow {
  private PlacesInWindow() {}

  static Section section(LayerTrace trace, MaxPool pool) {
    Window window = pool.window();
    Shape x = trace.question().input();
    Shape y = trace.outputShape();
    int places = window.elements();
    double[][] winners = new double[y.elements()][places];
    double[] wrong = new double[places];
    double[] dy = trace.numbers().get(LayerGraph.DY);
    double[][] rows = trace.jacobians().get(LayerGraph.X).rows();
    for (int k = 0; k < winners.length; k++) {
      int place = place(rows[k], k, window, x, y);
      if (place >= 0) {
        winners[k][place] = 1;
        wrong[place] += dy[k];
      }
    }
    Shape inside = Shape.of(window.h().kernel(), window.w().kernel());
    List<String> lines =
        new ArrayList<>(
            Drawing.matrix(
                winners,
                IntStream.range(0, winners.length).mapToObj(k -> Places.name("y", k, y)).toList(),
                IntStream.range(0, places).mapToObj(p -> Places.index(p, inside)).toList()));
    lines.add("");
    List<String> numbers =
        IntStream.range(0, places).mapToObj(p -> Drawing.number(wrong[p])).toList();
    lines.add("its transpose times dy: (%s)".formatted(String.join(" ", numbers)));
    return Sections.of(
        "What a matrix of the places inside a window does wrong",
        lines,
        "One finds a %s×%s matrix like this in documents: a row for each window, a column for each place inside it."
            .formatted(winners.length, places),
        "Its transpose adds up gradients of different pixels, wherever the winners of two windows have the same place.",
        "A routing matrix needs a column for each pixel: the Jacobian above, %s×%s."
            .formatted(y.elements(), x.elements()));
  }

  /** Where in its window the winner of an output is. */
  private static int place(double[] row, int k, Window window, Shape x, Shape y) {
    int i = k / y.size(2) % y.size(1);
    int j = k % y.size(2);
    for (int u = 0; u < window.h().kernel(); u++) {
      for (int v = 0; v < window.w().kernel(); v++) {
        int r = window.h().source(i, u);
        int c = window.w().source(j, v);
        boolean inside = r >= 0 && r < x.size(1) && c >= 0 && c < x.size(2);
        int channel = k / (y.size(1) * y.size(2));
        if (inside && row[(channel * x.size(1) + r) * x.size(2) + c] != 0) {
          return u * window.w().kernel() + v;
        }
      }
    }
    return -1;
  }
}
