package dev.vitrine.cli;

import dev.vitrine.transfer.Transfer;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Whether it is shown what became of somebody else's numbers. */
final class MappingDisplay {
  @Option(
      names = "--mapping",
      description =
          "Show which tensor of somebody else's file went where, and what was done to it.")
  private boolean mapping;

  /**
   * What could not be known, and on request where each tensor went; there is none for numbers of
   * Vitrine.
   */
  void show(Terminal terminal, Optional<Transfer> transfer) {
    transfer.ifPresent(found -> found.remarks().forEach(remark -> terminal.sentence("%s", remark)));
    if (mapping) {
      transfer.ifPresentOrElse(
          found -> MappingView.show(terminal, found),
          () -> terminal.print("Its numbers are taken as they are, by their own names."));
    }
  }
}
