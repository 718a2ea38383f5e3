package dev.vitrine.summary;

import dev.vitrine.op.Cost;
import dev.vitrine.summary.Table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A network's layers as a table. */
final class SummaryTable {
  /** A column, its cell of a row, and its total. */
  private record Entry(
      Column column, Function<Summary.Row, Object> cell, Function<Summary, Object> total) {}

  private SummaryTable() {}

  static Table of(Summary summary) {
    List<Entry> entries = entries(summary);
    return new Table(
        entries.stream().map(Entry::column).toList(),
        summary.rows().stream()
            .map(row -> entries.stream().map(entry -> entry.cell.apply(row)).toList())
            .toList(),
        entries.stream().map(entry -> entry.total.apply(summary)).toList());
  }

  private static List<Entry> entries(Summary summary) {
    List<Entry> all = new ArrayList<>();
    all.add(new Entry(new Column("layer", "layer", true), Summary.Row::name, _ -> "total"));
    all.add(text("type", "", Summary.Row::layer));
    all.add(text("input", "input", row -> Table.sizes(row.inputs())));
    all.add(text("output", "output", row -> Table.sizes(row.output())));
    all.add(text("weight", "weight", row -> Table.sizes(row.weightShapes())));
    all.add(count("weights", "weights", Summary.Row::weights));
    if (summary.convention().biases()) {
      all.add(count("biases", "biases", Summary.Row::biases));
      all.add(count("parameters", "parameters", Summary.Row::parameters));
    }
    if (summary.fixed() > 0) {
      all.add(count("fixed", "fixed", Summary.Row::fixed));
    }
    all.add(count("macs", "MACs", Summary.Row::macs));
    if (summary.convention().flops() == Convention.Flops.EXACT) {
      all.add(cost("multiplications", "multiplications", Cost::multiplications));
      all.add(cost("additions", "additions", Cost::additions));
      all.add(cost("comparisons", "comparisons", Cost::comparisons));
      all.add(cost("functions", "functions", Cost::functions));
    }
    Convention convention = summary.convention();
    all.add(count("flops_forward", "FLOPs forward", row -> convention.flops(row.forward())));
    all.add(count("flops_backward", "FLOPs backward", row -> convention.flops(row.backward())));
    all.add(count("activation_bytes", "activation B", Summary.Row::activationBytes));
    all.add(number("field", "field", row -> row.field().map(ReceptiveField::size).orElse("–")));
    all.add(number("jump", "jump", row -> row.field().map(ReceptiveField::jump).orElse("–")));
    all.add(
        new Entry(
            new Column("flops_per_byte", "FLOP/B", false),
            row -> summary.intensity(row).orElse(0.0),
            Summary::intensity));
    return all;
  }

  private static Entry text(String key, String heading, Function<Summary.Row, Object> cell) {
    return new Entry(new Column(key, heading, true), cell, _ -> "");
  }

  private static Entry number(String key, String heading, Function<Summary.Row, Object> cell) {
    return new Entry(new Column(key, heading, false), cell, _ -> "");
  }

  private static Entry cost(String key, String heading, Function<Cost, Long> part) {
    return count(key, heading, row -> part.apply(row.forward()));
  }

  private static Entry count(String key, String heading, Function<Summary.Row, Long> cell) {
    return new Entry(
        new Column(key, heading, false), cell::apply, summary -> summary.total(cell::apply));
  }
}
