package dev.vitrine.cli;

import dev.vitrine.run.TrainedNetwork;
import dev.vitrine.transfer.Conventions;
import dev.vitrine.transfer.Transfer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How the numbers of somebody else's file lie, and what became of them. */
final class MappingOptions {
  @Option(
      names = "--key",
      paramLabel = "PLACE",
      description =
          "Where in somebody else's file the numbers lie, such as state_dict. Default: what fits")
  private Optional<String> key;

  @Option(
      names = "--layout",
      paramLabel = "WORDS",
      split = ",",
      description =
          "How the numbers of somebody else's file lie where it does not say so: flip (filters of a"
              + " true convolution, Theano's), chw, hwc, cwh or whc (flattened images), transposed"
              + " (pictures), bgr (colours), in-out or out-in (square matrices), bias-first or bias-last (in a"
              + " matrix), rows or columns (one vector).")
  private List<String> layout = List.of();

  @Option(
      names = "--classes",
      paramLabel = "LIST",
      description =
          "Which class each output of somebody else's file stands for, such as MATLAB's 1-9,0; one"
              + " that is missing has output 0. Default: 0, 1, 2, …")
  private Optional<String> classes;

  @Option(
      names = "--mapping",
      description =
          "Show which tensor of somebody else's file went where, and what was done to it.")
  private boolean mapping;

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
  void show(Terminal terminal, TrainedNetwork network) {
    show(terminal, network.transfer());
  }

  /** The same of a transfer; there is none for numbers of Vitrine. */
  void show(Terminal terminal, Optional<Transfer> transfer) {
    transfer.ifPresent(found -> found.remarks().forEach(remark -> terminal.sentence("%s", remark)));
    if (mapping) {
      transfer.ifPresentOrElse(
          found -> MappingView.show(terminal, found),
          () -> terminal.print("Its numbers are taken as they are, by their own names."));
    }
  }

  /** The same for scripts; nothing for numbers of Vitrine. */
  Optional<Map<String, Object>> json(TrainedNetwork network) {
    return network.transfer().map(MappingView::json);
  }
}
