package dev.vitrine.neuron;

import dev.vitrine.report.Numbers;
import dev.vitrine.trace.language.Figures;
import dev.vitrine.trace.language.Notation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is said of units, and of what was found, for people and for scripts. */
public final class NeuronText {
  private static final Notation UNICODE = Notation.UNICODE;

  private NeuronText() {}

  /**
   * {@return the truth table with all sums, the function's name, the line and its margin}
   *
   * @param neuron what is described
   */
  public static String text(Neuron neuron) {
    List<String> lines = new ArrayList<>(table(neuron));
    lines.add("");
    neuron
        .name()
        .ifPresentOrElse(
            name -> lines.add("This is %s.".formatted(name)),
            () ->
                neuron
                    .table()
                    .ifPresent(t ->
                        lines.add(
                            "This function has no usual name; its bits are %s."
                                .formatted(t.bits()))));
    if (zero(neuron, Squash.SIGN)) {
      lines.add("A sum is 0, and sign(0) = +1 here: it counts as true.");
    }
    if (zero(neuron, Squash.STEP)) {
      lines.add("A sum is 0, and step(0) = 1 here: it counts as true.");
    }
    neuron.plane().ifPresent(plane -> add(lines, neuron, plane));
    return String.join("\n", lines);
  }

  /** Whether a unit of this activation has the sum 0 somewhere. */
  private static boolean zero(Neuron neuron, Squash activation) {
    return neuron.rows().stream()
        .anyMatch(row -> {
          for (int u = 0; u < row.sums().size(); u++) {
            if (row.sums().get(u) == 0 && neuron.activations().get(u) == activation) {
              return true;
            }
          }
          return false;
        });
  }

  private static void add(List<String> lines, Neuron neuron, Neuron.Plane plane) {
    if (neuron.inputs().size() == 2) {
      lines.add("The line: " + line(plane.unit(), neuron.inputs()));
    }
    if (!neuron.activations().getLast().decides()) {
      return;
    }
    lines.add(
        "Margin: the least sum is %s in size, so the nearest row is %s away from where the sum is 0."
            .formatted(number(plane.least()), Numbers.significant(plane.margin(), 4)));
  }

  /** The separating line solved for the second input, where it has a weight. */
  private static String line(Unit unit, List<String> names) {
    String x = UNICODE.name(names.get(0));
    String y = UNICODE.name(names.get(1));
    double a = unit.weights().get(0);
    double b = unit.weights().get(1);
    if (b == 0) {
      return "%s = %s".formatted(x, number(-unit.bias() / a));
    }
    double slope = -a / b;
    String term =
        slope == 0 ? "" : slope == 1 ? x : slope == -1 ? "−" + x : number(slope) + "·" + x;
    double height = -unit.bias() / b + 0.0;
    String constant = height == 0 && !term.isEmpty() ? "" : number(height);
    if (constant.isEmpty() || term.isEmpty()) {
      return "%s = %s%s".formatted(y, constant, term);
    }
    String joined = term.startsWith("−") ? " − " + term.substring(1) : " + " + term;
    return "%s = %s%s".formatted(y, constant, joined);
  }

  private static List<String> table(Neuron neuron) {
    List<List<String>> cells = new ArrayList<>();
    List<String> head = new ArrayList<>();
    neuron.inputs().forEach(name -> head.add(UNICODE.name(name)));
    for (int u = 0; u < neuron.units().size(); u++) {
      String name = UNICODE.name(neuron.units().get(u));
      head.add("sum of " + name);
      head.add("%s = %s(sum)".formatted(name, neuron.activations().get(u).name()));
    }
    cells.add(head);
    for (Neuron.Row row : neuron.rows()) {
      List<String> line = new ArrayList<>();
      row.inputs().forEach(x -> line.add(signed(neuron, x)));
      for (int u = 0; u < row.sums().size(); u++) {
        line.add(number(row.sums().get(u)));
        line.add(
            neuron.activations().get(u) == Squash.SIGN
                ? row.outputs().get(u) > 0 ? "+1" : "−1"
                : number(row.outputs().get(u)));
      }
      cells.add(line);
    }
    return aligned(cells);
  }

  private static String signed(Neuron neuron, int x) {
    return neuron.coding() == Coding.BITS ? Integer.toString(x) : x > 0 ? "+1" : "−1";
  }

  private static List<String> aligned(List<List<String>> cells) {
    List<String> lines = new ArrayList<>();
    for (List<String> row : cells) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < row.size(); c++) {
        int column = c;
        int width = cells.stream().mapToInt(r -> r.get(column).length()).max().orElse(0);
        line.append(c == 0 ? "" : "  ").append(" ".repeat(width - row.get(c).length()));
        line.append(row.get(c));
      }
      lines.add(line.toString());
      if (lines.size() == 1) {
        lines.add("─".repeat(line.length()));
      }
    }
    return lines;
  }

  private static String number(double value) {
    return Figures.number(value, UNICODE);
  }

  /**
   * {@return what was found for a truth table}
   *
   * @param finding what is described
   */
  public static String text(Finding finding) {
    List<String> names = Finding.names(finding.table().inputs());
    List<String> lines = new ArrayList<>();
    Table table = finding.table();
    lines.add(
        "Looked for: %s%s"
            .formatted(
                finding.name().orElse("a function without a usual name"),
                table.rows() <= 64 ? ", bits " + table.bits() : ""));
    finding
        .widest()
        .ifPresent(unit -> {
          lines.add("One unit does it.");
          lines.add(
              "  largest margin   %s   every weight at most 1 in size; the least sum is %s"
                  .formatted(exact(unit, names), finding.margin()));
        });
    if (table.isConstant()) {
      lines.add("One unit does it, by its bias alone.");
    }
    finding
        .smallest()
        .ifPresent(unit -> lines.add("  smallest whole   %s".formatted(unit.text(names))));
    finding
        .proof()
        .ifPresent(proof -> {
          lines.add("No one unit does it. Proof, in exact fractions:");
          lines.add("  of true rows   " + mean(table, finding.coding(), proof.positives()));
          lines.add("  of false rows  " + mean(table, finding.coding(), proof.negatives()));
          lines.add("  both means are the point (%s).".formatted(joined(proof.point())));
          lines.add(
              "  A sum of at least 0 in all true rows has at least 0 at their mean, and one below 0 in all false");
          lines.add("  rows is below 0 at theirs: it cannot be both at one point.");
        });
    finding
        .madaline()
        .ifPresent(madaline -> {
          lines.add("%s units under another one do it:".formatted(madaline.hidden().size()));
          lines.add("  " + madaline.text(names));
        });
    return String.join("\n", lines);
  }

  private static String exact(Finding.Exact unit, List<String> names) {
    StringBuilder text = new StringBuilder();
    if (unit.bias().signum() != 0) {
      text.append(unit.bias());
    }
    for (int i = 0; i < names.size(); i++) {
      Rational weight = unit.weights().get(i);
      if (weight.signum() != 0) {
        boolean minus = weight.signum() < 0;
        text.append(text.isEmpty() ? minus ? "-" : "" : minus ? " - " : " + ");
        Rational size = minus ? weight.negate() : weight;
        text.append(size.equals(Rational.ONE) ? "" : size + "*").append(names.get(i));
      }
    }
    return text.toString();
  }

  private static String mean(Table table, Coding coding, Map<Integer, Rational> shares) {
    List<String> terms = new ArrayList<>();
    shares.forEach((row, share) -> {
      List<Integer> point = new ArrayList<>();
      for (int i = 0; i < table.inputs(); i++) {
        point.add(coding.number(table.input(row, i)));
      }
      terms.add("%s·(%s)".formatted(share, joined(point)));
    });
    return String.join(" + ", terms);
  }

  private static String joined(List<?> numbers) {
    return String.join(", ", numbers.stream().map(String::valueOf).toList()).replace('-', '−');
  }

  /**
   * {@return units with stable names}
   *
   * @param neuron what is described
   */
  public static Map<String, Object> json(Neuron neuron) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("inputs", neuron.inputs());
    json.put("units", neuron.units());
    json.put("activations", neuron.activations().stream().map(Squash::name).toList());
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Neuron.Row row : neuron.rows()) {
      Map<String, Object> each = new LinkedHashMap<>();
      each.put("inputs", row.inputs());
      each.put("sums", row.sums());
      each.put("outputs", row.outputs());
      rows.add(each);
    }
    json.put("rows", rows);
    json.put("bits", neuron.table().map(Table::bits).orElse(null));
    json.put("name", neuron.name().orElse(null));
    boolean decides = neuron.activations().getLast().decides();
    json.put("margin", neuron.plane().filter(_ -> decides).map(Neuron.Plane::margin).orElse(null));
    return json;
  }

  /**
   * {@return what was found with stable names}
   *
   * @param finding what is described
   */
  public static Map<String, Object> json(Finding finding) {
    List<String> names = Finding.names(finding.table().inputs());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("bits", finding.table().bits());
    json.put("name", finding.name().orElse(null));
    json.put("separable", finding.proof().isEmpty());
    json.put("widest", finding.widest().map(unit -> exact(unit, names)).orElse(null));
    json.put("margin", finding.margin().toString());
    json.put("smallest", finding.smallest().map(unit -> unit.text(names)).orElse(null));
    json.put("proof", finding.proof().map(proof -> json(finding, proof)).orElse(null));
    json.put("madaline", finding.madaline().map(m -> m.text(names)).orElse(null));
    return json;
  }

  private static Map<String, Object> json(Finding finding, Finding.Proof proof) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("positives", mean(finding.table(), finding.coding(), proof.positives()));
    json.put("negatives", mean(finding.table(), finding.coding(), proof.negatives()));
    json.put("point", proof.point().stream().map(Rational::toString).toList());
    return json;
  }
}
