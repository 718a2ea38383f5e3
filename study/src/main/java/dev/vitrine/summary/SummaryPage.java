package dev.vitrine.summary;

import static dev.vitrine.report.Html.element;

import dev.vitrine.report.Html;
import dev.vitrine.report.Html.Element;
import dev.vitrine.report.Numbers;
import dev.vitrine.report.Page;
import dev.vitrine.summary.Table.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Summaries as one page that opens from disk. */
public final class SummaryPage {
  /** Columns whose numbers are parts of a whole, shown as bars below them. */
  private static final Set<String> PARTS =
      Set.of("weights", "macs", "flops_forward", "flops_backward", "activation_bytes");

  private SummaryPage() {}

  /**
   * {@return the page as HTML, which is well-formed XML too: a comparison if there are several
   * networks, and the table of each}
   *
   * @param networks one or more
   * @param explain whether the formulas follow
   */
  public static String html(List<NamedSummary> networks, boolean explain) {
    List<Element> sections = new ArrayList<>();
    Comparison comparison = new Comparison(networks);
    String title =
        networks.size() == 1
            ? networks.getFirst().title()
            : "%s networks compared".formatted(networks.size());
    sections.add(header(title, networks));
    if (networks.size() > 1) {
      Element list = element("ul");
      for (String sentence : comparison.sentences()) {
        list = list.add(element("li", sentence));
      }
      Element bars = note("Bars: each number beside the largest, each share beside 100 %.");
      sections.add(
          section(
              "Side by side", list, table("Side by side", comparison.table(), List.of()), bars));
    }
    for (NamedSummary network : networks.size() > 1 ? comparison.networks() : networks) {
      String heading =
          networks.size() > 1
              ? "%s, input %s".formatted(network.title(), Table.sizes(network.summary().input()))
              : "Layer by layer";
      Element bars = note("Bars: the layer’s share of the total.");
      sections.add(
          section(heading, table(heading, network.table(), plain(network.summary())), bars));
      if (explain) {
        sections.add(section("On paper", paper(network.summary())));
      }
    }
    return Page.html(title, "sheet", sections);
  }

  private static Element header(String title, List<NamedSummary> networks) {
    NamedSummary first = networks.getFirst();
    Element header =
        element(
            "header",
            element("p", "Vitrine · " + first.summary().convention().sentence())
                .with("class", "kicker"),
            element("h1", title));
    return networks.size() > 1 ? header : header.add(key(first.summary()));
  }

  private static Element key(Summary summary) {
    return element(
            "dl",
            figure("input", Table.sizes(summary.input())),
            figure("parameters", Numbers.count(summary.parameters())),
            figure("MACs", Numbers.count(summary.macs())),
            figure("FLOPs forward", Numbers.count(summary.forwardFlops())),
            figure("FLOPs backward", Numbers.count(summary.backwardFlops())),
            figure("activations", Numbers.count(summary.activationBytes()) + " B"))
        .with("class", "key");
  }

  private static Element figure(String name, String value) {
    return element("div", element("dt", name), element("dd", value));
  }

  private static Element section(String title, Element... parts) {
    return element("section", element("h2", title), element("div", parts));
  }

  private static Element note(String text) {
    return element("p", text).with("class", "note");
  }

  /** Which rows have no parameters and so stand back. */
  private static List<Boolean> plain(Summary summary) {
    return summary.rows().stream().map(row -> row.parameters() == 0).toList();
  }

  private static Element table(String label, Table table, List<Boolean> plain) {
    Element head = element("tr");
    for (Table.Column column : table.columns()) {
      head = head.add(aligned(element("th", column.heading()).with("scope", "col"), column));
    }
    Element body = element("tbody");
    for (int r = 0; r < table.rows().size(); r++) {
      Element line = row(table, table.rows().get(r), true);
      body = body.add(!plain.isEmpty() && plain.get(r) ? line.with("class", "plain") : line);
    }
    Element whole = element("table", element("thead", head), body).with("class", "figures");
    return Page.scrolling(
        label,
        table.totals().isEmpty()
            ? whole
            : whole.add(element("tfoot", row(table, table.totals(), false))));
  }

  private static Element row(Table table, List<Object> cells, boolean parts) {
    Element line = element("tr", element("th", Table.shown(cells.getFirst())).with("scope", "row"));
    for (int c = 1; c < cells.size(); c++) {
      Table.Column column = table.columns().get(c);
      Element cell = aligned(element("td", shown(column, cells.get(c))), column);
      double share = parts ? share(table, c, cells.get(c)) : 0;
      line =
          line.add(
              share == 0
                  ? cell
                  : cell.with("class", "part")
                      .with("style", String.format(Locale.ROOT, "--v:%.1f%%", 100 * share)));
    }
    return line;
  }

  private static Html shown(Table.Column column, Object cell) {
    String text = Table.shown(cell);
    return column.key().equals("type") ? element("code", text) : Html.text(text);
  }

  private static Element aligned(Element cell, Table.Column column) {
    return column.text() ? cell.with("class", "left") : cell;
  }

  /** Of the total, or where networks are compared, of the largest. */
  private static double share(Table table, int column, Object cell) {
    if (cell instanceof Share share) {
      return share.value();
    }
    String key = table.columns().get(column).key();
    if (!(cell instanceof Long part) || !(PARTS.contains(key) || key.equals("parameters"))) {
      return 0;
    }
    long whole =
        table.totals().isEmpty()
            ? table.rows().stream().mapToLong(row -> (Long) row.get(column)).max().orElse(0)
            : (Long) table.totals().get(column);
    return whole == 0 ? 0 : (double) part / whole;
  }

  private static Element paper(Summary summary) {
    Element paper = element("div").with("class", "paper");
    for (Summary.Row row : summary.rows()) {
      if (row.formulas().isEmpty()) {
        continue;
      }
      Element list = element("dl");
      for (Formula formula : row.formulas()) {
        list =
            list.add(
                element("dt", formula.of()), element("dd", element("code", formula.toString())));
      }
      paper = paper.add(element("div", element("h3", row.name() + "  " + row.layer()), list));
    }
    return paper;
  }
}
