package dev.vitrine.lab.report;

import static dev.vitrine.report.Html.element;

import dev.vitrine.report.Html;
import dev.vitrine.report.Html.Element;
import dev.vitrine.report.Page;
import java.util.ArrayList;
import java.util.List;

/** A report as one page, self-contained and without script. */
final class ReportHtml {
  private ReportHtml() {}

  static String page(Report report) {
    List<Element> sections = new ArrayList<>();
    sections.add(header(report));
    report.sections().forEach(section -> sections.add(section(section)));
    sections.add(origin(report));
    return Page.html(report.title(), "study", sections);
  }

  /** A drawing as a file of its own. */
  static String drawing(Element svg) {
    return Page.standalone(svg);
  }

  /** A picture as a page of its own. */
  static String alone(String title, Element drawing) {
    return Page.html(title, "study", List.of(drawing));
  }

  private static Element header(Report report) {
    Element header =
        element(
            "header",
            element("p", "Vitrine · study " + report.name()).with("class", "kicker"),
            element("h1", report.title()),
            element("p", report.question()).with("class", "question"));
    if (report.conclusions().isEmpty()) {
      return header;
    }
    Element list = element("ul").with("class", "conclusions");
    for (String conclusion : report.conclusions()) {
      list = list.add(element("li", conclusion));
    }
    return header.add(list);
  }

  private static Element section(Report.Section section) {
    Element body = element("div").with("class", "blocks");
    List<Html> figures = new ArrayList<>();
    for (Block block : section.blocks()) {
      if (block instanceof Figure figure) {
        figures.add(figure(figure));
        continue;
      }
      body = flushed(body, figures);
      body =
          switch (block) {
            case Block.Text said -> body.add(element("p", said.sentences()));
            case Grid grid -> body.add(grid(grid));
            case Picture picture -> body.add(picture(picture));
            case Figure _ -> body;
          };
    }
    return element("section", element("h2", section.title()), flushed(body, figures));
  }

  /** Charts that follow one another stand side by side. */
  private static Element flushed(Element body, List<Html> figures) {
    if (figures.isEmpty()) {
      return body;
    }
    Element charts = element("div").with("class", figures.size() == 1 ? "charts one" : "charts");
    charts = charts.add(figures.toArray(Html[]::new));
    figures.clear();
    return body.add(charts);
  }

  private static Element figure(Figure figure) {
    return element("figure", element("figcaption", figure.caption()), figure.svg())
        .with("id", figure.id());
  }

  private static Element picture(Picture picture) {
    return element("figure", element("figcaption", picture.caption()), picture.drawing())
        .with("id", picture.id())
        .with("style", "max-width:%spx".formatted(picture.width()));
  }

  private static Element grid(Grid grid) {
    Element head = element("tr");
    for (int column = 0; column < grid.columns().size(); column++) {
      Element title = element("th", grid.columns().get(column)).with("scope", "col");
      head = head.add(column == 0 || isNumeric(grid, column) ? title : left(title));
    }
    Element body = element("tbody");
    for (List<String> cells : grid.rows()) {
      Element row = element("tr", element("th", cells.getFirst()).with("scope", "row"));
      for (int column = 1; column < cells.size(); column++) {
        Element cell = element("td", cells.get(column));
        row = row.add(isNumeric(grid, column) ? cell : left(cell));
      }
      body = body.add(row);
    }
    Element table =
        element("table", element("thead", head), body)
            .with("class", "figures")
            .with("id", grid.id());
    return element(
        "div",
        element("p", grid.caption()).with("class", "note"),
        Page.scrolling(grid.caption(), table));
  }

  private static Element left(Element cell) {
    return cell.with("class", "left");
  }

  /** A column stands on one side, whatever single cells say: that of most of them. */
  private static boolean isNumeric(Grid grid, int column) {
    List<String> cells =
        grid.rows().stream().map(row -> row.get(column)).filter(cell -> !cell.isEmpty()).toList();
    return 2 * cells.stream().filter(ReportHtml::isNumeric).count() >= cells.size();
  }

  private static boolean isNumeric(String cell) {
    return cell.isEmpty() || (cell.matches("[-−+±≤<]? ?[0-9∞–].*") && cell.length() < 28);
  }

  private static Element origin(Report report) {
    Element list = element("dl").with("class", "facts");
    for (var fact : report.origin().entrySet()) {
      list =
          list.add(element("dt", fact.getKey()), element("dd", element("code", fact.getValue())));
    }
    return element("section", element("h2", "To get it again"), element("div", list));
  }
}
