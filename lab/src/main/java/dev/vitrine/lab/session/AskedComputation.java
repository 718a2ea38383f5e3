package dev.vitrine.lab.session;

import dev.vitrine.data.DataFolders;
import dev.vitrine.format.MadeFolder;
import dev.vitrine.lab.report.Report;
import dev.vitrine.lab.report.ReportFiles;
import dev.vitrine.lab.spec.ComputedSpec;
import dev.vitrine.lab.studies.Catalogue;
import dev.vitrine.lab.studies.Desk;
import dev.vitrine.plan.Compute;
import dev.vitrine.random.Seed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A study that is computed, not swept, and that somebody asked for. It is made whole or not at all.
 *
 * @param spec what is computed
 * @param request what was asked
 */
public record AskedComputation(ComputedSpec spec, StudyRequest request) implements AskedStudy {
  private static final Seed SEED = Seed.of(42);

  @Override
  public String name() {
    return spec.name();
  }

  @Override
  public String question() {
    return spec.question();
  }

  @Override
  public Optional<Duration> budget() {
    return spec.budget();
  }

  @Override
  public Path folder() {
    return request.folder(spec.name());
  }

  /**
   * {@return what came out, without its origin}
   *
   * @param folders where data are looked for
   * @param compute what trainings run on; it stays the caller's
   * @param progress is told in a few words what is being done; what it throws ends the work
   */
  public Report compute(DataFolders folders, Compute compute, Consumer<String> progress) {
    Desk desk = new Desk(spec.values(), request.quick(), folders, compute, SEED, progress);
    return Catalogue.computed(spec.compute()).run(desk);
  }

  /**
   * Writes what came out into its folder, which is made.
   *
   * @param found what came out
   * @param command that gives it again
   * @return the report's page
   * @throws dev.vitrine.error.UserException if a file cannot be written
   */
  public Path writeReport(Report found, String command) {
    Map<String, String> origin = new LinkedHashMap<>();
    origin.put("command", command);
    origin.putAll(found.origin());
    MadeFolder.of(folder());
    return ReportFiles.write(
        folder(),
        new Report(
            found.name(),
            found.title(),
            found.question(),
            found.conclusions(),
            found.sections(),
            origin));
  }
}
