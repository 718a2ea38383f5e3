package dev.vitrine.lab.sweep;

import dev.vitrine.lab.journal.Event;
import dev.vitrine.lab.report.Block;
import dev.vitrine.lab.report.Figure;
import dev.vitrine.lab.report.Figure.Line;
import dev.vitrine.lab.report.Figure.Scale;
import dev.vitrine.lab.report.Grid;
import dev.vitrine.lab.report.Report.Section;
import dev.vitrine.lab.statistics.Sample;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.report.Numbers;
import dev.vitrine.report.Series;
import dev.vitrine.run.RunConfig;
import dev.vitrine.summary.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What accuracy costs, where the arms' networks differ. */
final class SweepCosts {
  private final Findings findings;

  SweepCosts(Findings findings) {
    this.findings = findings;
  }

  /** An arm with what its network costs. */
  private record Priced(Arm arm, long parameters, long macs, Sample metric) {
    /** Whether another is at least as good and no larger, and better in one of the two. */
    boolean isBeaten(List<Priced> others, boolean largerIsBetter) {
      double sign = largerIsBetter ? 1 : -1;
      double own = sign * metric.mean();
      return others.stream()
          .anyMatch(other -> {
            double theirs = sign * other.metric.mean();
            return theirs >= own
                && other.parameters <= parameters
                && (theirs > own || other.parameters < parameters);
          });
    }
  }

  /** The section; empty if all arms have one network, or none is trained. */
  Optional<Section> section() {
    List<Priced> priced = new ArrayList<>();
    findings.arms().forEach(arm -> priced(arm).ifPresent(priced::add));
    if (priced.stream().map(Priced::parameters).distinct().count() < 2) {
      return Optional.empty();
    }
    List<Block> blocks = new ArrayList<>(List.of(table(priced)));
    if (priced.size() > 2) {
      blocks.add(figure(priced));
    }
    return Optional.of(new Section("What it costs", blocks));
  }

  private Optional<Priced> priced(Arm arm) {
    Optional<RunConfig> config =
        arm.chosen().values().stream().findFirst().flatMap(t -> findings.configs().apply(t.id()));
    Optional<Sample> metric =
        Contrast.onTest(findings)
            ? arm.tested(Event.Tested::accuracy)
            : arm.choice().flatMap(best -> arm.sample(best.point(), findings::metric));
    if (config.isEmpty() || metric.isEmpty()) {
      return Optional.empty();
    }
    NetworkSpec spec = config.get().network().spec();
    Summary summary = Summary.of(spec.layers(), spec.input());
    long macs = summary.rows().stream().mapToLong(Summary.Row::macs).sum();
    return Optional.of(new Priced(arm, summary.parameters(), macs, metric.get()));
  }

  private Grid table(List<Priced> priced) {
    Grid grid =
        Grid.of(
            "costs",
            "Parameters and multiply-accumulate operations (MACs, one example), beside what they buy. An arm is beaten if another is no larger and no worse.",
            "arm",
            "parameters",
            "MACs",
            label(),
            "time of an epoch",
            "time of one training",
            "");
    for (Priced each : priced) {
      Optional<Sample> metric = Optional.of(each.metric);
      grid =
          grid.row(
              each.arm.name(),
              Numbers.count(each.parameters),
              Numbers.count(each.macs),
              findings.byAccuracy() ? Said.percent(metric) : Said.number(metric),
              SweepTables.time(each.arm.epochSeconds()),
              SweepTables.time(each.arm.seconds()),
              each.isBeaten(priced, findings.byAccuracy()) ? "beaten" : "");
    }
    return grid;
  }

  private String label() {
    return Contrast.onTest(findings)
        ? "test accuracy, %"
        : findings.spec().metric().key().replace('-', ' ') + (findings.byAccuracy() ? ", %" : "");
  }

  private Figure figure(List<Priced> priced) {
    double factor = findings.byAccuracy() ? 100 : 1;
    List<Line> lines = new ArrayList<>();
    for (Priced each : priced) {
      lines.add(
          Line.scattered(
              each.arm.name(),
              List.of(new Series.Point(each.parameters, factor * each.metric.mean()))));
    }
    return new Figure(
        "pareto",
        "What parameters buy: %s over the number of parameters.".formatted(label()),
        Scale.log("parameters"),
        findings.byAccuracy() ? Scale.linear("%") : Scale.log("loss"),
        lines);
  }
}
