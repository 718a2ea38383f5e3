package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.run.MemoryNeed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What helps against too little memory: a size that is in proportion, and options there are. */
class MemoryTest {
  /** More than any machine has: needs are exabytes. */
  private static final long EXABYTE = 1L << 60;

  private static CommandSpec command(Object command, String... args) {
    CommandLine line = new CommandLine(command);
    line.parseArgs(args);
    return line.getCommandSpec();
  }

  private static void assertAdvice(CommandSpec command, MemoryNeed need, String advice) {
    assertThatThrownBy(() -> Memory.require(command, need))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("This needs ")
        .hasMessageEndingWith(": set VITRINE_JAVA_OPTS=-Xmx1342177281g or so" + advice);
  }

  @ParameterizedTest
  @CsvSource({
    "'', ', or use a smaller --batch or --model'",
    "--resume run, ''",
  })
  void trainingHasOptionsUnlessItGoesOn(String args, String advice) {
    CommandSpec train =
        command(new TrainCommand(), args.isEmpty() ? new String[0] : args.split(" "));
    assertAdvice(train, new MemoryNeed(0, 0, EXABYTE, 0), advice);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, ''",
    "0, 1, ', or use a smaller --model'",
  })
  void onlyWhatHelpsIsSaid(long data, long parameters, String advice) {
    MemoryNeed need = new MemoryNeed(data * EXABYTE, parameters * EXABYTE, 0, 0);
    assertAdvice(command(new TrainCommand()), need, advice);
    assertAdvice(command(new EvaluateCommand(), "run"), need, "");
  }

  @ParameterizedTest
  @CsvSource({"35, 128m", "60, 256m", "800, 2g", "700, 1g", "3000, 4g"})
  void sizesAreInProportion(long megabytes, String size) {
    assertThat(Memory.size(megabytes << 20)).isEqualTo(size);
  }

  @Test
  void whenItGivesOutOnlyOptionsOfTheCommandAreNamed() {
    assertThat(Memory.exhausted(command(new TrainCommand())))
        .matches(
            "The memory does not suffice \\(Java may use [\\d,]+ MB\\): set"
                + " VITRINE_JAVA_OPTS=-Xmx\\d+[mg] or so, or use a smaller --batch or --model");
    assertThat(Memory.exhausted(command(new EvaluateCommand(), "run"))).endsWith(" or so");
  }
}
