package dev.vitrine.run;

import dev.vitrine.data.DataFolders;
import dev.vitrine.data.Dataset;
import dev.vitrine.data.Targets;
import dev.vitrine.nn.Model;
import dev.vitrine.notation.Augmentations;
import dev.vitrine.notation.Losses;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.notation.Optimizers;
import dev.vitrine.plan.Compute;
import dev.vitrine.report.EpochRow;
import dev.vitrine.report.LayerRow;
import dev.vitrine.report.Provenance;
import dev.vitrine.report.ReportPage;
import dev.vitrine.report.RunReport;
import dev.vitrine.summary.Summary;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns a run into its page. */
final class RunReports {
  private RunReports() {}

  static void write(
      RunFolder folder,
      RunConfig config,
      TuningData data,
      Dataset test,
      Compute compute,
      RunLog log,
      List<String> classNames,
      Outcome outcome,
      Optional<String> ending,
      Duration duration) {
    NetworkSpec spec = config.network().spec();
    Provenance provenance =
        new Provenance(
            config.command(),
            config.recipe().seed(),
            outcome.parametersHash(),
            facts(config, data, compute, ending),
            versions(),
            data.origin().checksums(),
            Instant.now(),
            duration,
            outcome.imagesPerSecond());
    ReportPage.write(
        folder.report(),
        new RunReport(
            "%s on %s".formatted(spec.title(), DataFolders.title(data.train().name())),
            spec.title(),
            DataFolders.title(data.train().name()),
            tested(test),
            provenance,
            log.epochs(),
            log.steps(),
            layers(spec),
            outcome.test(),
            Losses.mean(config.recipe().loss()),
            classNames,
            test::picture),
        SpreadReport.sections(folder.recordings()));
  }

  /** What a network is judged by, in mid-sentence. */
  static String tested(Dataset test) {
    String what = test.hasPictures() ? "images" : "examples";
    return "the test %s of %s".formatted(what, DataFolders.title(test.name()));
  }

  static List<LayerRow> layers(NetworkSpec spec) {
    return Summary.of(spec.layers(), spec.input()).rows().stream()
        .map(r -> new LayerRow(r.name(), r.layer(), r.output(), r.parameters(), r.macs()))
        .toList();
  }

  /** What it began with, the optimiser, what the data lacked, and what it ran on. */
  private static Map<String, String> facts(
      RunConfig config, TuningData data, Compute compute, Optional<String> ending) {
    Map<String, String> facts = new LinkedHashMap<>();
    config.network().initFrom().ifPresent(from -> facts.put("began with", from.text()));
    facts.put("optimiser", Optimizers.text(config.recipe().optimizer()));
    config
        .recipe()
        .augmentation()
        .ifPresent(how -> facts.put("augmentation", Augmentations.text(how)));
    ending.ifPresent(text -> facts.put("end", text));
    Untaught.of(data.train()).text().ifPresent(text -> facts.put("no training image of", text));
    facts.putAll(Machine.describe(compute.kernels().name(), compute.workers().size()));
    return facts;
  }

  /** The data's class names; a network's further classes are called by their numbers. */
  static List<String> classNames(Dataset data, Model model) {
    if (data.targets() instanceof Targets.Numbers) {
      return List.of();
    }
    List<String> names = new ArrayList<>(data.classNames());
    for (int c = names.size(); c < model.output().elements(); c++) {
      names.add(Integer.toString(c));
    }
    return names;
  }

  static Map<String, String> versions() {
    String own =
        RunReports.class.getModule().getDescriptor() == null
            ? null
            : RunReports.class.getModule().getDescriptor().rawVersion().orElse(null);
    return Map.of("Vitrine", own == null ? "unreleased" : own);
  }

  /** Images of all epochs over their seconds. */
  static double imagesPerSecond(List<EpochRow> epochs) {
    double seconds = 0;
    double total = 0;
    for (EpochRow row : epochs) {
      seconds += row.seconds();
      total += row.imagesPerSecond() * row.seconds();
    }
    return seconds == 0 ? 0 : total / seconds;
  }
}
