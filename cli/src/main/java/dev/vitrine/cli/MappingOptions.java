package dev.vitrine.cli;

import dev.vitrine.notation.NumberList;
import dev.vitrine.run.TrainedNetwork;
import dev.vitrine.settings.TrainSettings;
import dev.vitrine.transfer.Conventions;
import dev.vitrine.transfer.Transfer;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How the numbers of somebody else's file lie, and what became of them. */
final class MappingOptions {
  @Option(names = "--key", paramLabel = "PLACE", description = TrainSettings.KEY)
  private Optional<String> key;

  @Option(names = "--layout", paramLabel = "WORDS", split = ",", description = TrainSettings.LAYOUT)
  private List<String> layout = List.of();

  @Option(names = "--classes", paramLabel = "LIST", description = TrainSettings.CLASSES)
  private Optional<String> classes;

  @Mixin private MappingDisplay display;

  /** The place in the file below which the numbers lie, if one was named. */
  Optional<String> key() {
    return key;
  }

  /** The network with what was said. */
  TrainedNetwork said(TrainedNetwork network) {
    return layout.isEmpty() && classes.isEmpty() ? network : network.laidOut(conventions());
  }

  /** What was said. */
  Conventions conventions() {
    List<Integer> list = classes.map(text -> NumberList.parse("--classes", text)).orElse(List.of());
    return Conventions.of(layout).classes(list);
  }

  /** What could not be known, and on request where each tensor went. */
  void show(Terminal terminal, Optional<Transfer> transfer) {
    display.show(terminal, transfer);
  }
}
