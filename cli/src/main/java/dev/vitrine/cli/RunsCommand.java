package dev.vitrine.cli;

import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code vitrine runs}: every run and trial on disk. Neither it nor its subcommands name a type of
 * the store in a field or a method's head, so that no other command loads it.
 */
@Command(
    name = "runs",
    description = "List, compare, mark and query the runs and trials on disk.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    synopsisSubcommandLabel = "[COMMAND]",
    subcommands = {
      RunsShowCommand.class,
      RunsCompareCommand.class,
      RunsNameCommand.class,
      RunsTagCommand.class,
      RunsNoteCommand.class,
      RunsDeleteCommand.class,
      RunsExportCommand.class,
      RunsRerunCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  vitrine runs",
      "  vitrine runs lenet --where 'test_accuracy>98%%' --sort -test_accuracy",
      "  vitrine runs --group seed",
      "  vitrine runs --columns id,lr,momentum,test_accuracy",
      "  vitrine runs --sql 'SELECT model, MAX(test_accuracy) FROM runs GROUP BY model'"
    })
final class RunsCommand implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private RunsPlaceOptions place;
  @Mixin private RunsChoiceOptions choice;

  @Option(
      names = "--columns",
      paramLabel = "LIST",
      description = "Columns with commas between them: fields such as test_accuracy, or settings.")
  private Optional<String> columns;

  @Option(
      names = "--group",
      paramLabel = "SETTING",
      description =
          "Put runs together that differ in this alone, as a rule seed: mean ± deviation, and n.")
  private Optional<String> group;

  @Option(
      names = "--sql",
      paramLabel = "QUESTION",
      description =
          "Ask in SQL (H2's) the tables runs, settings (run, name, text, number) and epochs (run,"
              + " epoch, train_loss, …). It can only read them.")
  private Optional<String> sql;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write JSON for scripts.")
  private Optional<Output> json;

  @Override
  public void run() {
    Terminal terminal = Main.terminal(spec);
    if (sql.isPresent()) {
      Surplus.refuse(spec, "--columns", "beside --sql");
      Surplus.refuse(spec, "--group", "beside --sql");
      RunsQuestion.show(terminal, place.folders(), choice, sql.get(), json);
    } else if (group.isPresent()) {
      Surplus.refuse(spec, "--columns", "beside --group");
      RunsGroups.show(terminal, place.folders(), choice, group.get(), json);
    } else {
      RunsList.show(terminal, place.folders(), choice, columns, json);
    }
  }
}
