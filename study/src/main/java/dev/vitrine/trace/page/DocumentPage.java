package dev.vitrine.trace.page;

import static dev.vitrine.report.Html.element;

import dev.vitrine.report.Html;
import dev.vitrine.report.Html.Element;
import dev.vitrine.report.Page;
import dev.vitrine.trace.Document;
import dev.vitrine.trace.Document.Row;
import dev.vitrine.trace.Document.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A document about a layer, a network or a function as one page that opens from disk. */
public final class DocumentPage {
  private DocumentPage() {}

  /**
   * {@return the page as HTML, which is well-formed XML too}
   *
   * @param kicker what stands above the title
   * @param document in Unicode; the title of its first part is that of the page
   */
  public static String html(String kicker, Document document) {
    Section first = document.sections().getFirst();
    List<Element> parts = new ArrayList<>();
    parts.add(header(kicker, first.title()).addAll(body(first, DocumentPage::lines)));
    document.sections().stream()
        .skip(1)
        .forEach(part -> parts.add(section(part, DocumentPage::lines)));
    return page(first.title(), parts);
  }

  /**
   * {@return the same under a title of its own, with figures in place of drawings}
   *
   * @param figure of a part that has a drawing
   */
  static String html(
      String kicker, String title, Document document, Function<Section, Element> figure) {
    List<Element> parts = new ArrayList<>(List.of(header(kicker, title)));
    document.sections().forEach(part -> parts.add(section(part, figure)));
    return page(title, parts);
  }

  private static String page(String title, List<Element> parts) {
    return Page.html(
        title, "glass", parts, new Html.Style(TracePage.resource("trace.css")), List.of());
  }

  private static Element header(String kicker, String title) {
    return element("header", element("p", kicker).with("class", "kicker"), element("h1", title));
  }

  private static Element section(Section part, Function<Section, Element> figure) {
    return element("section", element("h2", part.title())).addAll(body(part, figure));
  }

  private static List<Element> body(Section part, Function<Section, Element> figure) {
    List<Element> body = new ArrayList<>();
    if (!part.rows().isEmpty()) {
      Element rows = element("tbody").addAll(part.rows().stream().map(DocumentPage::row).toList());
      body.add(Page.scrolling(part.title(), element("table", rows).with("class", "lines")));
    }
    if (!part.drawing().isEmpty()) {
      body.add(figure.apply(part));
    }
    part.sentences().forEach(sentence -> body.add(element("p", sentence)));
    return body;
  }

  private static Element lines(Section part) {
    Element drawing = element("pre", String.join("\n", part.drawing()));
    return Page.scrolling(part.title(), drawing.with("class", "drawing"));
  }

  private static Element row(Row row) {
    return element(
        "tr",
        element("td", row.left()),
        element("td", "= " + String.join(" = ", row.rights())),
        element("td", row.note()).with("class", "note"));
  }
}
