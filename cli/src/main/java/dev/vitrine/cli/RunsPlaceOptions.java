package dev.vitrine.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Where {@code vitrine runs} looks. */
final class RunsPlaceOptions {
  /** What names a run. */
  static final String ID = "Beginning or end of what a run goes by, its name, or its folder.";

  @Option(
      names = "--in",
      paramLabel = "DIR",
      description =
          "Where to look: below its runs and studies/*/trials, else in DIR itself; may be repeated."
              + " Default: the current folder")
  private List<Path> folders = new ArrayList<>();

  List<Path> folders() {
    return folders.isEmpty() ? List.of(Path.of("")) : folders;
  }
}
