package dev.vitrine.lab.sweep;

import dev.vitrine.lab.journal.Event;
import dev.vitrine.lab.journal.GradientSizes;
import dev.vitrine.lab.journal.TrialRecord;
import dev.vitrine.lab.report.Block;
import dev.vitrine.lab.report.Figure;
import dev.vitrine.lab.report.Grid;
import dev.vitrine.lab.report.Report.Section;
import dev.vitrine.lab.spec.Show;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.report.Numbers;
import dev.vitrine.report.Series;
import dev.vitrine.summary.Summary;
import dev.vitrine.summary.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The chosen networks themselves: their layers, and how large the gradients of each are. */
final class SweepNetworks {
  private final Findings findings;

  SweepNetworks(Findings findings) {
    this.findings = findings;
  }

  /** The section; empty if it is not asked for, or nothing is chosen. */
  Optional<Section> section() {
    List<Block> blocks = new ArrayList<>();
    if (findings.spec().show().contains(Show.LAYERS)) {
      layers().forEach(blocks::add);
    }
    if (findings.spec().show().contains(Show.GRADIENTS)) {
      findings.arms().forEach(arm -> gradients(arm, blocks));
    }
    return blocks.isEmpty() ? Optional.empty() : Optional.of(new Section("The networks", blocks));
  }

  /** Each network once, with the arms that have it. */
  private List<Grid> layers() {
    Map<String, NetworkSpec> specs = new LinkedHashMap<>();
    Map<String, List<String>> arms = new LinkedHashMap<>();
    for (Arm arm : findings.arms()) {
      arm.chosen().values().stream()
          .findFirst()
          .flatMap(trial -> findings.configs().apply(trial.id()))
          .map(config -> config.network().spec())
          .ifPresent(spec -> {
            specs.putIfAbsent(spec.name(), spec);
            arms.computeIfAbsent(spec.name(), _ -> new ArrayList<>()).add(arm.name());
          });
    }
    return specs.values().stream().map(spec -> layers(spec, arms.get(spec.name()))).toList();
  }

  private static Grid layers(NetworkSpec spec, List<String> arms) {
    Summary summary = Summary.of(spec.layers(), spec.input());
    Grid grid =
        Grid.of(
            "layers-" + slug(spec.name()),
            "%s (%s), input %s: shapes, and multiply-accumulate operations (MACs) of one example."
                .formatted(spec.title(), String.join(", ", arms), Table.sizes(spec.input())),
            "layer",
            "type",
            "output",
            "weight",
            "weights",
            "biases",
            "MACs");
    for (Summary.Row row : summary.rows()) {
      grid =
          grid.row(
              row.name(),
              row.layer(),
              Table.sizes(row.output()),
              row.weightShapes().isEmpty() ? "" : Table.sizes(row.weightShapes().getFirst()),
              count(row.weights()),
              count(row.biases()),
              count(row.macs()));
    }
    return grid.row(
        "total",
        "",
        "",
        "",
        count(summary.total(Summary.Row::weights)),
        count(summary.total(Summary.Row::biases)),
        count(summary.macs()));
  }

  private static String count(long value) {
    return value == 0 ? "" : Numbers.count(value);
  }

  static String slug(String name) {
    return name.replaceAll("[^A-Za-z0-9]+", "-").toLowerCase(Locale.ROOT);
  }

  private void gradients(Arm arm, List<Block> blocks) {
    List<Event.Gradients> all =
        arm.chosen().values().stream().findFirst().map(TrialRecord::gradients).orElse(List.of());
    if (all.isEmpty()) {
      return;
    }
    blocks.add(sizes(arm, all));
    int[] filled =
        all.stream()
            .flatMap(each -> each.parameters().stream())
            .flatMapToInt(SweepNetworks::filled)
            .sorted()
            .toArray();
    if (filled.length > 0) {
      int from = Math.max(0, filled[0] - 1);
      int last = all.getFirst().parameters().getFirst().histogram().size() - 1;
      int to = Math.min(last, filled[filled.length - 1] + 1);
      all.forEach(each -> blocks.add(histogram(arm, each, from, to)));
    }
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
            "gradients-" + slug(arm.name()),
            "%s: root mean square of the first batch's gradient, first seed, with three kinds of weights. Its loss: %s."
                .formatted(arm.name(), losses),
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

  private static Figure histogram(Arm arm, Event.Gradients gradients, int from, int to) {
    Map<String, List<GradientSizes>> layers = new LinkedHashMap<>();
    for (GradientSizes sizes : gradients.parameters()) {
      String layer = sizes.parameter().replaceAll("\\.[^.]*$", "");
      layers.computeIfAbsent(layer, _ -> new ArrayList<>()).add(sizes);
    }
    List<Figure.Line> lines = new ArrayList<>();
    layers.forEach((layer, sizes) -> lines.add(line(layer, sizes, from, to)));
    return new Figure(
        "gradients-%s-%s".formatted(slug(arm.name()), gradients.weights()),
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
