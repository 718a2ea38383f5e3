package dev.vitrine.look;

import static dev.vitrine.report.Html.element;

import dev.vitrine.image.Png;
import dev.vitrine.report.Html;
import dev.vitrine.report.Html.Element;
import dev.vitrine.report.Page;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A view as one page, self-contained and without script. */
public final class ViewPage {
  /** Pictures up to so wide stand two abreast on a phone. */
  private static final int SMALL = 200;

  private ViewPage() {}

  /**
   * {@return the page as HTML, which is well-formed XML too}
   *
   * @param view what it shows
   * @param command that gives it again
   */
  public static String html(View view, String command) {
    List<Element> sections = new ArrayList<>();
    sections.add(header(view));
    view.sections().stream().map(ViewPage::section).forEach(sections::add);
    sections.add(
        element("section", element("h2", "Again"), element("pre", element("code", command))));
    return Page.html(view.title(), "study look", sections);
  }

  private static Element header(View view) {
    Element header =
        element(
            "header",
            element("p", "Vitrine · look").with("class", "kicker"),
            element("h1", view.title()));
    if (view.sentences().isEmpty()) {
      return header;
    }
    Element list = element("ul").with("class", "conclusions");
    for (String sentence : view.sentences()) {
      list = list.add(element("li", sentence));
    }
    return header.add(list);
  }

  private static Element section(View.Section section) {
    Element body = element("div").with("class", "blocks");
    List<Element> charts = new ArrayList<>();
    for (View.Block block : section.blocks()) {
      if (block instanceof View.Chart chart) {
        charts.add(chart(chart));
      } else {
        body = flushed(body, charts).add(block(block));
      }
    }
    return element("section", element("h2", section.title()), flushed(body, charts));
  }

  /** Charts that follow one another stand side by side. */
  private static Element flushed(Element body, List<Element> charts) {
    if (charts.isEmpty()) {
      return body;
    }
    Element together = element("div").with("class", "charts").addAll(charts);
    charts.clear();
    return body.add(together);
  }

  private static Element block(View.Block block) {
    return switch (block) {
      case View.Text(String sentence) -> element("p", sentence);
      case View.Lines lines ->
          element(
              "div",
              element("p", lines.label()).with("class", "note"),
              Page.scrolling(
                  lines.label(),
                  element("pre", element("code", String.join("\n", lines.lines())))
                      .with("class", "numbers")));
      case View.Table table -> Page.scrolling(table.label(), table(table));
      case View.Pictures pictures -> pictures(pictures);
      case View.Chart chart -> chart(chart);
    };
  }

  private static Element pictures(View.Pictures pictures) {
    Element row = element("div").with("class", "looks");
    for (View.Picture picture : pictures.pictures()) {
      String encoded = Base64.getEncoder().encodeToString(Png.bytes(picture.raster()));
      Element image =
          element("img")
              .with("src", "data:image/png;base64," + encoded)
              .with("width", Integer.toString(picture.raster().width()))
              .with("height", Integer.toString(picture.raster().height()))
              .with("alt", picture.caption());
      Element figure = element("figure", image, element("figcaption", picture.caption()));
      row = row.add(picture.raster().width() > SMALL ? figure.with("class", "large") : figure);
    }
    return pictures.note().isEmpty()
        ? row
        : element("div", element("p", pictures.note()).with("class", "note"), row);
  }

  private static Element chart(View.Chart chart) {
    return element(
        "figure",
        element(
            "figcaption",
            element("strong", chart.title()),
            Html.text(" "),
            element("span", chart.caption())),
        chart.chart().svg());
  }

  private static Element table(View.Table table) {
    Element head = element("tr");
    for (int column = 0; column < table.columns().size(); column++) {
      Element title = element("th", table.columns().get(column)).with("scope", "col");
      head =
          head.add(column > 0 && View.isWords(table, column) ? title.with("class", "left") : title);
    }
    Element body = element("tbody");
    for (List<String> cells : table.rows()) {
      Element row = element("tr", element("th", cells.getFirst()).with("scope", "row"));
      for (int column = 1; column < cells.size(); column++) {
        Element data = element("td", cells.get(column));
        row = row.add(View.isWords(table, column) ? data.with("class", "left words") : data);
      }
      body = body.add(row);
    }
    return element("table", element("thead", head), body).with("class", "figures");
  }
}
