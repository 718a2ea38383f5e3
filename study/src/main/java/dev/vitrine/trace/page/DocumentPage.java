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
    List<Element> sections = new ArrayList<>();
    sections.add(
        element(
                "header",
                element("p", kicker).with("class", "kicker"),
                element("h1", first.title()))
            .addAll(body(first)));
    document.sections().stream()
        .skip(1)
        .forEach(part ->
            sections.add(element("section", element("h2", part.title())).addAll(body(part))));
    return Page.html(
        first.title(),
        "glass",
        sections,
        new Html.Style(TracePage.resource("trace.css")),
        List.of());
  }

  private static List<Element> body(Section part) {
    List<Element> body = new ArrayList<>();
    if (!part.rows().isEmpty()) {
      Element rows = element("tbody").addAll(part.rows().stream().map(DocumentPage::row).toList());
      body.add(Page.scrolling(part.title(), element("table", rows).with("class", "lines")));
    }
    if (!part.drawing().isEmpty()) {
      Element drawing = element("pre", String.join("\n", part.drawing()));
      body.add(Page.scrolling(part.title(), drawing.with("class", "drawing")));
    }
    part.sentences().forEach(sentence -> body.add(element("p", sentence)));
    return body;
  }

  private static Element row(Row row) {
    return element(
        "tr",
        element("td", row.left()),
        element("td", "= " + String.join(" = ", row.rights())),
        element("td", row.note()).with("class", "note"));
  }
}
