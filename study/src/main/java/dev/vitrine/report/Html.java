package dev.vitrine.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Pieces of a page, escaped where they are written out. What comes out is HTML that is well-formed
 * XML too, so that tests can parse it; SVG is written by the same elements.
 */
public sealed interface Html {
  /**
   * {@return an element of that tag with children}
   *
   * @param tag the element's name, such as {@code td}
   * @param children in order
   */
  static Element element(String tag, Html... children) {
    return new Element(tag, Map.of(), List.of(children));
  }

  /**
   * {@return an element of that tag whose only child is a text}
   *
   * @param tag the element's name, such as {@code td}
   * @param text shown as it is
   */
  static Element element(String tag, String text) {
    return element(tag, new Text(text));
  }

  /**
   * {@return a text, shown as it is: {@code <} is a less-than sign}
   *
   * @param text any characters
   */
  static Html text(String text) {
    return new Text(text);
  }

  /**
   * Appends this piece's markup.
   *
   * @param out where it is appended
   */
  void writeTo(StringBuilder out);

  /** {@return this piece's markup} */
  default String markup() {
    var out = new StringBuilder();
    writeTo(out);
    return out.toString();
  }

  /**
   * A text.
   *
   * @param content the characters to show; those that XML cannot hold appear as U+FFFD
   */
  record Text(String content) implements Html {
    @Override
    public void writeTo(StringBuilder out) {
      content.codePoints().forEach(c -> escape(c, out));
    }

    private static void escape(int c, StringBuilder out) {
      switch (c) {
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '&' -> out.append("&amp;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.appendCodePoint(isXml(c) ? c : 0xFFFD);
      }
    }

    /** The characters of XML 1.0, section 2.2. */
    private static boolean isXml(int c) {
      return c == '\t'
          || c == '\n'
          || c == '\r'
          || (c >= 0x20 && c <= 0xD7FF)
          || (c >= 0xE000 && c <= 0xFFFD)
          || c >= 0x10000;
    }
  }

  /**
   * A style sheet, which HTML does not unescape.
   *
   * @param css its rules
   */
  record Style(String css) implements Html {
    /** Checks that HTML and XML read the rules alike. */
    public Style {
      if (css.contains("<") || css.contains("&")) {
        throw new IllegalArgumentException("An inline style sheet cannot hold < or &");
      }
    }

    @Override
    public void writeTo(StringBuilder out) {
      out.append("<style>\n").append(css).append("</style>\n");
    }
  }

  /**
   * A script or its data, which HTML does not unescape.
   *
   * @param id by which scripts find it; empty for none
   * @param type of data; empty for JavaScript
   * @param content without the ends of scripts and of CDATA
   */
  record Script(String id, String type, String content) implements Html {
    /** Checks that it ends where it should, in HTML and in XML. */
    public Script {
      if (content.contains("</") || content.contains("<!--") || content.contains("]]>")) {
        throw new IllegalArgumentException("A script cannot hold </, <!-- or ]]>");
      }
      if (!type.isEmpty() && (content.contains("<") || content.contains("&"))) {
        throw new IllegalArgumentException("A script's data cannot hold < or &");
      }
    }

    @Override
    public void writeTo(StringBuilder out) {
      out.append("<script");
      if (!id.isEmpty()) {
        out.append(" id=\"").append(id).append('"');
      }
      if (!type.isEmpty()) {
        out.append(" type=\"").append(type).append("\">").append(content);
      } else {
        // XML reads what is inside as it is; HTML sees two remarks.
        out.append(">//<![CDATA[\n").append(content).append("//]]>");
      }
      out.append("</script>\n");
    }
  }

  /**
   * An element.
   *
   * @param tag its name, such as {@code td}
   * @param attributes its attributes, in order
   * @param children what is inside
   */
  record Element(String tag, Map<String, String> attributes, List<Html> children) implements Html {
    private static final Set<String> VOID =
        Set.of("meta", "img", "br", "hr", "link", "col", "input");

    /** Tags after which the markup starts a new line: white space means nothing there. */
    private static final Set<String> ENDS_LINE =
        Set.of("head", "meta", "title", "section", "header", "footer", "figure", "tr", "p", "g");

    /** Copies the attributes and children. */
    public Element {
      attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
      children = List.copyOf(children);
    }

    /**
     * {@return this element with an attribute set}
     *
     * @param name the attribute's name
     * @param value the attribute's value, shown as it is
     */
    public Element with(String name, String value) {
      var more = new LinkedHashMap<>(attributes);
      more.put(name, value);
      return new Element(tag, more, children);
    }

    /**
     * {@return this element with more children at the end}
     *
     * @param more the children, in order
     */
    public Element add(Html... more) {
      return addAll(List.of(more));
    }

    /**
     * {@return this element with more children at the end}
     *
     * @param more the children, in order
     */
    public Element addAll(Collection<? extends Html> more) {
      var all = new ArrayList<Html>(children);
      all.addAll(more);
      return new Element(tag, attributes, all);
    }

    @Override
    public void writeTo(StringBuilder out) {
      out.append('<').append(tag);
      attributes.forEach((name, value) -> {
        out.append(' ').append(name).append("=\"");
        new Text(value).writeTo(out);
        out.append('"');
      });
      if (VOID.contains(tag)) {
        out.append("/>");
      } else {
        out.append('>');
        children.forEach(child -> child.writeTo(out));
        out.append("</").append(tag).append('>');
      }
      if (ENDS_LINE.contains(tag)) {
        out.append('\n');
      }
    }
  }
}
