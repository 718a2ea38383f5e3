package dev.vitrine.collapse;

import dev.vitrine.collapse.Chain.Alone;
import dev.vitrine.collapse.Chain.Size;
import dev.vitrine.report.Numbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is said of a collapsed network, for people and for scripts. */
public final class CollapseText {
  private CollapseText() {}

  /**
   * {@return the whole report}
   *
   * @param collapse what is reported
   * @param title what people call the network, and where its numbers come from
   */
  public static String text(Collapse collapse, String title) {
    List<String> lines = new ArrayList<>();
    lines.add(title);
    lines.add("");
    collapse.chains().forEach(chain -> add(lines, chain));
    if (collapse.chains().isEmpty()) {
      lines.add("Nothing to collapse: no two linear layers follow each other.");
      lines.add("");
    }
    if (!collapse.alone().isEmpty()) {
      lines.add("Linear layers without a neighbour to join");
      ends(collapse)
          .forEach((end, layers) -> {
            lines.add("  " + String.join(", ", layers));
            lines.add("    ends: " + end);
          });
      lines.add("");
    }
    lines.add("The network");
    lines.add(
        "  parameters  "
            + change(collapse.sizeBefore().parameters(), collapse.sizeAfter().parameters()));
    lines.add("  MACs        " + change(collapse.sizeBefore().macs(), collapse.sizeAfter().macs()));
    lines.add(
        "  its outputs differ by at most %s, the largest being %s (%s, in %s precision)"
            .formatted(
                Numbers.significant(collapse.difference(), 2),
                Numbers.significant(collapse.largest(), 3),
                inputs(collapse.inputs()),
                collapse.single() ? "single" : "double"));
    return String.join("\n", lines);
  }

  /** Layers that end for one reason stand together. */
  private static Map<String, List<String>> ends(Collapse collapse) {
    Map<String, List<String>> ends = new LinkedHashMap<>();
    for (Alone alone : collapse.alone()) {
      ends.computeIfAbsent(alone.end(), _ -> new ArrayList<>()).add(alone.layer());
    }
    return ends;
  }

  private static void add(List<String> lines, Chain chain) {
    lines.add(String.join(", ", chain.layers()));
    lines.add(
        "  become %s: %s, %s → %s".formatted(chain.name(), chain.layer(), chain.in(), chain.out()));
    chain.formula().forEach(line -> lines.add("  " + line));
    chain.symbols().forEach(line -> lines.add("    " + line));
    lines.add("  parameters  " + change(chain.before().parameters(), chain.after().parameters()));
    lines.add("  MACs        " + change(chain.before().macs(), chain.after().macs()));
    Proof proof = chain.proof();
    lines.add(
        "  %s: on %s they differ by at most %s, %s of what rounding explains (%s there)"
            .formatted(
                proof.holds() ? "equal" : "NOT EQUAL",
                inputs(proof.inputs()),
                Numbers.significant(proof.largest(), 2),
                percent(proof.share()),
                Numbers.significant(proof.bound(), 2)));
    lines.add("  ends: " + chain.end());
    lines.add("");
  }

  private static String percent(double share) {
    return share < 1 ? Numbers.percent(share, 1) : Numbers.significant(share, 3) + " times";
  }

  private static String change(long before, long after) {
    String how =
        before == after || before == 0
            ? ""
            : after < before ? fewer(before, after) : more(before, after);
    return "%s → %s%s".formatted(Numbers.count(before), Numbers.count(after), how);
  }

  /** Changes of less than a half are told in percent: 1.00 times fewer says nothing. */
  private static String fewer(long before, long after) {
    return before < 1.5 * after
        ? " (%s fewer)".formatted(Numbers.percent(1 - (double) after / before, 1))
        : " (%s times fewer)".formatted(Numbers.significant((double) before / after, 3));
  }

  private static String more(long before, long after) {
    return after < 1.5 * before
        ? " (%s MORE)".formatted(Numbers.percent((double) after / before - 1, 1))
        : " (%s times MORE)".formatted(Numbers.significant((double) after / before, 3));
  }

  private static String inputs(int count) {
    return count == 1 ? "1 random input" : count + " random inputs";
  }

  /**
   * {@return the same with stable names}
   *
   * @param collapse what is reported
   */
  public static Map<String, Object> json(Collapse collapse) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("chains", collapse.chains().stream().map(CollapseText::json).toList());
    json.put(
        "alone",
        collapse.alone().stream()
            .map(alone -> Map.of("layer", alone.layer(), "end", alone.end()))
            .toList());
    json.put("before", json(collapse.sizeBefore()));
    json.put("after", json(collapse.sizeAfter()));
    json.put("inputs", collapse.inputs());
    json.put("precision", collapse.single() ? "single" : "double");
    json.put("difference", collapse.difference());
    json.put("largest", collapse.largest());
    return json;
  }

  private static Map<String, Object> json(Size size) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("parameters", size.parameters());
    json.put("macs", size.macs());
    return json;
  }

  private static Map<String, Object> json(Chain chain) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("layers", chain.layers());
    json.put("name", chain.name());
    json.put("layer", chain.layer());
    json.put("formula", chain.formula());
    json.put("before", json(chain.before()));
    json.put("after", json(chain.after()));
    json.put("difference", chain.proof().largest());
    json.put("bound", chain.proof().bound());
    json.put("share", chain.proof().share());
    json.put("equal", chain.proof().holds());
    json.put("end", chain.end());
    return json;
  }
}
