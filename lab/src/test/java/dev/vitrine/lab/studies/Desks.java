package dev.vitrine.lab.studies;

import dev.vitrine.data.DataFolders;
import dev.vitrine.lab.report.Grid;
import dev.vitrine.lab.report.Report;
import dev.vitrine.lab.report.ReportFiles;
import dev.vitrine.lab.spec.ComputedSpec;
import dev.vitrine.plan.Compute;
import dev.vitrine.random.Seed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What studies are computed with in tests. */
final class Desks {
  private Desks() {}

  /** Folders without data. */
  static final DataFolders NOWHERE =
      new DataFolders(Optional.empty(), Optional.empty(), Path.of("no-such"));

  /** The thin version, where no data are. */
  static Report quick(Computed study) {
    return quick(study, Map.of());
  }

  /** The same with other values in the place of some. */
  static Report quick(Computed study, Map<String, List<String>> other) {
    try (Compute compute = Compute.of(2)) {
      return study.run(
          new Desk(values(study, true, other), true, NOWHERE, compute, Seed.of(1), said -> {}));
    }
  }

  /** What the whole version is computed with, with other values in the place of some. */
  static Desk whole(
      Computed study, DataFolders folders, Compute compute, Map<String, List<String>> other) {
    return new Desk(values(study, false, other), false, folders, compute, Seed.of(1), said -> {});
  }

  private static Map<String, List<String>> values(
      Computed study, boolean quick, Map<String, List<String>> other) {
    ComputedSpec spec =
        ComputedSpec.parse(Catalogue.text(study.name()), study.name(), quick).orElseThrow();
    Map<String, List<String>> values = new HashMap<>(spec.values());
    values.putAll(other);
    return values;
  }

  /** A table of a report. */
  static Grid grid(Report report, String id) {
    return report.sections().stream()
        .flatMap(section -> section.blocks().stream())
        .filter(block -> block instanceof Grid grid && grid.id().equals(id))
        .map(Grid.class::cast)
        .findFirst()
        .orElseThrow();
  }

  static String text(Report report) {
    return written(report, "report.md");
  }

  static String page(Report report) {
    return written(report, ReportFiles.PAGE);
  }

  private static String written(Report report, String file) {
    try {
      Path folder = Files.createTempDirectory("study");
      ReportFiles.write(folder, report);
      return Files.readString(folder.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
