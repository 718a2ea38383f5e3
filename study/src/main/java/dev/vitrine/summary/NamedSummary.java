package dev.vitrine.summary;

import dev.vitrine.nn.Layer;
import dev.vitrine.report.Numbers;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A named network's summary.
 *
 * @param name what the command line calls it
 * @param title what people call it
 * @param summary what the network consists of and costs
 */
public record NamedSummary(String name, String title, Summary summary) {
  /**
   * {@return the summary of a network}
   *
   * @param name what the command line calls it
   * @param title what people call it
   * @param network the layers
   * @param input the shape of an example
   * @param convention what counts, and how
   * @throws dev.vitrine.error.UserException if a layer does not fit its input
   */
  public static NamedSummary of(
      String name, String title, Layer network, Shape input, Convention convention) {
    return new NamedSummary(name, title, Summary.of(network, input, convention));
  }

  /** {@return the layers as a table with totals} */
  public Table table() {
    return SummaryTable.of(summary);
  }

  /**
   * {@return what the table is of, and in which convention: three lines, without a line feed at the
   * end}
   */
  public String heading() {
    return "%s, input %s\n%s\nFLOP/B: for each byte of inputs, parameters and output, moved once"
        .formatted(title, Table.sizes(summary.input()), summary.convention().sentence());
  }

  private List<Summary.Row> explained() {
    return summary.rows().stream().filter(row -> !row.formulas().isEmpty()).toList();
  }

  /** {@return the formulas as text, layer by layer; every line ends with a line feed} */
  public String explanation() {
    StringBuilder text = new StringBuilder();
    for (Summary.Row row : explained()) {
      text.append(text.isEmpty() ? "" : "\n");
      text.append(
          "%s  %s, %s → %s\n"
              .formatted(
                  row.name(), row.layer(), Table.sizes(row.inputs()), Table.sizes(row.output())));
      int widest = row.formulas().stream().mapToInt(f -> f.of().length()).max().orElse(0);
      for (Formula formula : row.formulas()) {
        String label = formula.of() + " ".repeat(widest - formula.of().length());
        text.append("  ").append(label).append("  ").append(formula).append('\n');
      }
    }
    return text.append(text.isEmpty() ? "" : "\n").append(totals()).append('\n').toString();
  }

  private String totals() {
    String fixed =
        summary.fixed() == 0
            ? ""
            : " and %s fixed numbers".formatted(Numbers.count(summary.fixed()));
    return "total  %s parameters%s, %s MACs, %s forward FLOPs, %s backward FLOPs, %s B of activations"
        .formatted(
            Numbers.count(summary.parameters()),
            fixed,
            Numbers.count(summary.macs()),
            Numbers.count(summary.forwardFlops()),
            Numbers.count(summary.backwardFlops()),
            Numbers.count(summary.activationBytes()));
  }

  /** {@return the formulas as Markdown; every line ends with a line feed} */
  public String explanationMarkdown() {
    StringBuilder text = new StringBuilder();
    for (Summary.Row row : explained()) {
      text.append(text.isEmpty() ? "" : "\n");
      text.append("**%s** `%s`\n\n".formatted(row.name(), row.layer()));
      for (Formula formula : row.formulas()) {
        text.append("- %s: %s\n".formatted(formula.of(), formula));
      }
    }
    return text.toString();
  }

  /**
   * {@return the summary for scripts: the names of its fields are stable}
   *
   * @param explain whether to add the formulas
   */
  public Map<String, Object> json(boolean explain) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("model", name);
    json.put("input", summary.input().sizes());
    json.put("batch", summary.convention().batch());
    json.put("convention", summary.convention().sentence());
    json.put("parameters", summary.parameters());
    if (summary.fixed() > 0) {
      json.put("fixed", summary.fixed());
    }
    json.put("weights", summary.total(Summary.Row::weights));
    json.put("biases", summary.total(Summary.Row::biases));
    json.put("macs", summary.macs());
    json.put("flops_forward", summary.forwardFlops());
    json.put("flops_backward", summary.backwardFlops());
    json.put("activation_bytes", summary.activationBytes());
    json.put("layers", summary.rows().stream().map(row -> json(row, explain)).toList());
    return json;
  }

  /** Whole numbers without a point. */
  private static Number number(double value) {
    return value == Math.rint(value) ? (Number) (long) value : (Number) value;
  }

  private Map<String, Object> json(Summary.Row row, boolean explain) {
    Map<String, Object> layer = new LinkedHashMap<>();
    layer.put("name", row.name());
    layer.put("layer", row.layer());
    layer.put("inputs", row.inputs().stream().map(Shape::sizes).toList());
    layer.put("output", row.output().sizes());
    layer.put("weight_shapes", row.weightShapes().stream().map(Shape::sizes).toList());
    layer.put("parameters", row.parameters());
    layer.put("weights", row.weights());
    layer.put("biases", row.biases());
    layer.put("macs", row.macs());
    layer.put("multiplications", row.forward().multiplications());
    layer.put("additions", row.forward().additions());
    layer.put("comparisons", row.forward().comparisons());
    layer.put("functions", row.forward().functions());
    layer.put("flops_forward", summary.convention().flops(row.forward()));
    layer.put("flops_backward", summary.convention().flops(row.backward()));
    layer.put("activation_bytes", row.activationBytes());
    layer.put("moved_bytes", row.movedBytes());
    row.field()
        .filter(field -> !field.isAll())
        .ifPresent(field -> {
          layer.put("receptive_field", new long[] {field.height(), field.width()});
          layer.put("receptive_jump", List.of(number(field.jumpDown()), number(field.jumpRight())));
          field.first().ifPresent(first -> layer.put("receptive_first", first));
        });
    if (explain) {
      List<Map<String, Object>> formulas = new ArrayList<>();
      for (Formula f : row.formulas()) {
        formulas.add(Map.of("of", f.of(), "formula", f.text(), "value", number(f.value())));
      }
      layer.put("formulas", formulas);
    }
    return layer;
  }
}
