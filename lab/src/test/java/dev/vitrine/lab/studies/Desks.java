package dev.vitrine.lab.studies;

import dev.vitrine.data.DataFolders;
import dev.vitrine.lab.report.Report;
import dev.vitrine.lab.report.ReportFiles;
import dev.vitrine.lab.spec.ComputedSpec;
import dev.vitrine.plan.Compute;
import dev.vitrine.random.Seed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What studies are computed with in tests. */
final class Desks {
  private Desks() {}

  /** The thin version, where no data are. */
  static Report quick(Computed study) {
    ComputedSpec spec =
        ComputedSpec.parse(Catalogue.text(study.name()), study.name(), true).orElseThrow();
    DataFolders none = new DataFolders(Optional.empty(), Optional.empty(), Path.of("no-such"));
    try (Compute compute = Compute.of(2)) {
      return study.run(new Desk(spec.values(), true, none, compute, Seed.of(1), said -> {}));
    }
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
