package dev.vitrine.cli;

import dev.vitrine.format.Json;
import dev.vitrine.inspect.Summary;
import dev.vitrine.inspect.SummaryText;
import dev.vitrine.zoo.NetworkSpec;
import dev.vitrine.zoo.Zoo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vitrine summary}: what a network consists of. */
@Command(
    name = "summary",
    description = "Show a network's layers, parameters and multiply-accumulates.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "Example:", "  vitrine summary lenet"})
final class SummaryCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "MODEL", description = "lenet, mlp, cnn32-64, or a network file (JSON).")
  private String model;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the table for scripts.")
  private Optional<Path> json;

  @Override
  public void run() {
    NetworkSpec network = Zoo.find(model);
    Summary summary = Summary.of(network.layers(), network.input());
    json.ifPresent(file -> Json.write(file, toJson(network, summary)));
    Main.terminal(spec).print(SummaryText.render(network.title(), summary).stripTrailing());
  }

  private static Map<String, Object> toJson(NetworkSpec network, Summary summary) {
    List<Map<String, Object>> layers = new ArrayList<>();
    for (Summary.Row row : summary.rows()) {
      Map<String, Object> layer = new LinkedHashMap<>();
      layer.put("name", row.name());
      layer.put("layer", row.layer());
      layer.put("output", row.output().sizes());
      layer.put("parameters", row.parameters());
      layer.put("macs", row.macs());
      layers.add(layer);
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("model", network.name());
    json.put("input", network.input().sizes());
    json.put("parameters", summary.parameters());
    json.put("macs", summary.macs());
    json.put("layers", layers);
    return json;
  }
}
