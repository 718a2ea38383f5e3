package dev.vitrine.lab.sweep;

import dev.vitrine.lab.report.Block;
import dev.vitrine.lab.report.Grid;
import dev.vitrine.lab.report.Report.Section;
import dev.vitrine.lab.spec.Show;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.report.Numbers;
import dev.vitrine.summary.Summary;
import dev.vitrine.summary.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

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
      findings.arms().forEach(arm -> blocks.addAll(SweepGradients.of(arm)));
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
}
