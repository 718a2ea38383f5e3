package dev.vitrine.lab.sweep;

import dev.vitrine.lab.journal.Event;
import dev.vitrine.lab.journal.GradientSizes;
import dev.vitrine.lab.journal.TrialRecord;
import dev.vitrine.lab.report.Block;
import dev.vitrine.lab.report.Figure;
import dev.vitrine.lab.report.Grid;
import dev.vitrine.report.Numbers;
import dev.vitrine.report.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** How large the gradients of a chosen network's layers are, with three kinds of weights. */
final class SweepGradients {
  private SweepGradients() {}

  /** A table and three histograms; nothing if gradients were not looked at. */
  static List<Block> of(Arm arm) {
    List<Event.Gradients> all =
        arm.chosen().values().stream().findFirst().map(TrialRecord::gradients).orElse(List.of());
    if (all.isEmpty()) {
      return List.of();
    }
    List<Block> blocks = new ArrayList<>(List.of(sizes(arm, all)));
    int[] filled =
        all.stream()
            .flatMap(each -> each.parameters().stream())
            .flatMapToInt(SweepGradients::filled)
            .sorted()
            .toArray();
    if (filled.length > 0) {
      int from = Math.max(0, filled[0] - 1);
      int last = all.getFirst().parameters().getFirst().histogram().size() - 1;
      int to = Math.min(last, filled[filled.length - 1] + 1);
      all.forEach(each -> blocks.add(histogram(arm, each, from, to)));
    }
    return blocks;
  }

  /** The sizes that there are. */
  private static IntStream filled(GradientSizes sizes) {
    return IntStream.range(0, sizes.histogram().size()).filter(i -> sizes.histogram().get(i) > 0);
  }

  private static String said(Event.Gradients gradients) {
    return switch (gradients.weights()) {
      case "start" -> "at the start";
      case "zeros" -> "all 0";
      default -> "at the end";
    };
  }

  /** Sizes by parameter, and where the gradient is exactly 0. */
  private static Grid sizes(Arm arm, List<Event.Gradients> all) {
    List<String> columns = new ArrayList<>(List.of("parameter"));
    all.forEach(each -> columns.addAll(List.of(said(each), "exactly 0, %")));
    String losses =
        String.join(
            ", ",
            all.stream()
                .map(each -> "%s %s".formatted(said(each), Numbers.significant(each.loss(), 7)))
                .toList());
    Grid grid =
        new Grid(
            "gradients-" + SweepNetworks.slug(arm.name()),
            "%s: root mean square of the first batch's gradient, first seed, with three kinds of weights. Its loss: %s. With all weights 0, %s."
                .formatted(arm.name(), losses, moved(all)),
            columns,
            List.of());
    for (int i = 0; i < all.getFirst().parameters().size(); i++) {
      List<String> row = new ArrayList<>(List.of(all.getFirst().parameters().get(i).parameter()));
      for (Event.Gradients each : all) {
        GradientSizes sizes = each.parameters().get(i);
        row.add(sizes.rms() == 0 ? "0" : Numbers.significant(sizes.rms(), 3));
        row.add(Numbers.percentDigits((double) sizes.zeros() / sizes.elements(), 1));
      }
      grid = grid.row(row);
    }
    return grid;
  }

  /** What has a gradient where all weights are 0. */
  private static String moved(List<Event.Gradients> all) {
    List<String> moved =
        all.stream()
            .filter(each -> each.weights().equals("zeros"))
            .flatMap(each -> each.parameters().stream())
            .filter(sizes -> sizes.rms() > 0)
            .map(GradientSizes::parameter)
            .toList();
    return moved.isEmpty()
        ? "nothing has a gradient"
        : "nothing has a gradient but %s".formatted(String.join(", ", moved));
  }

  private static Figure histogram(Arm arm, Event.Gradients gradients, int from, int to) {
    Map<String, List<GradientSizes>> layers = new LinkedHashMap<>();
    for (GradientSizes sizes : gradients.parameters()) {
      String layer = sizes.parameter().replaceAll("\\.[^.]*$", "");
      layers.computeIfAbsent(layer, _ -> new ArrayList<>()).add(sizes);
    }
    List<Figure.Line> lines = new ArrayList<>();
    layers.forEach((layer, sizes) -> lines.add(line(layer, sizes, from, to)));
    return new Figure(
        "gradients-%s-%s".formatted(SweepNetworks.slug(arm.name()), gradients.weights()),
        "%s, weights %s: the share of each layer's gradient by size; what is exactly 0 is left out."
            .formatted(arm.name(), said(gradients)),
        Figure.Scale.linear("log₁₀ |gradient|"),
        Figure.Scale.linear("share"),
        lines);
  }

  private static Figure.Line line(String layer, List<GradientSizes> sizes, int from, int to) {
    int elements = sizes.stream().mapToInt(GradientSizes::elements).sum();
    List<Series.Point> points = new ArrayList<>();
    double all = 0;
    for (int i = from; i <= to; i++) {
      int at = i;
      double share = sizes.stream().mapToDouble(each -> each.histogram().get(at)).sum() / elements;
      all += share;
      points.add(new Series.Point(GradientSizes.LOW + (double) i / GradientSizes.FINE, share));
    }
    return Figure.Line.of(all == 0 ? layer + " (all 0)" : layer, points);
  }
}
