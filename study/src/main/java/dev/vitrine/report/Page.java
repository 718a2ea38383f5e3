package dev.vitrine.report;

import static dev.vitrine.report.Html.element;

import dev.vitrine.report.Html.Element;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What all pages share: one file without outer resources, in light or dark. */
public final class Page {
  private Page() {}

  /**
   * {@return a page as HTML, which is well-formed XML too}
   *
   * @param title what a browser's tab says
   * @param style the class of the page, for rules of its own; empty for none
   * @param sections what the page shows, in order
   */
  public static String html(String title, String style, List<Element> sections) {
    return html(title, style, sections, new Html.Style(""), List.of());
  }

  /**
   * {@return a page that has rules and scripts of its own}
   *
   * @param title what a browser's tab says
   * @param style the class of the page
   * @param sections what the page shows, in order; all of it without the scripts, too
   * @param rules for this page, behind those of all
   * @param scripts at the end
   */
  public static String html(
      String title,
      String style,
      List<Element> sections,
      Html.Style rules,
      List<Html.Script> scripts) {
    var head =
        element(
            "head",
            element("meta").with("charset", "utf-8"),
            element("title", title + " · Vitrine"),
            element("meta")
                .with("name", "viewport")
                .with("content", "width=device-width, initial-scale=1"),
            element("meta").with("name", "color-scheme").with("content", "light dark"),
            new Html.Style(styleSheet() + rules.css()));
    var body = element("body", element("main").addAll(sections)).addAll(scripts);
    var page =
        element("html", head, style.isEmpty() ? body : body.with("class", style))
            .with("lang", "en");
    return "<!DOCTYPE html>\n" + page.markup() + "\n";
  }

  /**
   * {@return a table in a box of its own: one that is wider or longer than there is room for is
   * scrolled there, by keyboard too, while its heads stay in view} A shadow shows that there is
   * more.
   *
   * @param label what the table is of, for screen readers
   * @param table a {@code table} element
   */
  public static Element scrolling(String label, Element table) {
    return element("div", table)
        .with("class", "scroll")
        .with("tabindex", "0")
        .with("role", "region")
        .with("aria-label", label);
  }

  /**
   * {@return a chart as a file of its own, with the rules that it needs}
   *
   * @param svg an {@code svg} element
   */
  public static String standalone(Element svg) {
    List<Html> children = new ArrayList<>(List.of(new Html.Style(styleSheet())));
    children.addAll(svg.children());
    return new Element(svg.tag(), svg.attributes(), children).markup() + "\n";
  }

  private static String styleSheet() {
    try (var resource = Page.class.getResourceAsStream("report.css")) {
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException("Cannot read the report's style sheet", failure);
    }
  }
}
