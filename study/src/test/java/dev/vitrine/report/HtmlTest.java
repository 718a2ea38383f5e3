package dev.vitrine.report;

import static dev.vitrine.report.Html.element;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HtmlTest {
  @Test
  void escapesTextsAndAttributes() {
    assertThat(element("b", "<i> & \"x\" 'y'").with("title", "a < \"b\" & 'c'").markup())
        .isEqualTo(
            "<b title=\"a &lt; &quot;b&quot; &amp; &#39;c&#39;\">"
                + "&lt;i&gt; &amp; &quot;x&quot; &#39;y&#39;</b>");
  }

  @Test
  void replacesWhatXmlCannotHold() {
    String text = "a\u0000b\u001bc\ud800d\uffffe\tf😀";
    assertThat(Html.text(text).markup()).isEqualTo("a\ufffdb\ufffdc\ufffdd\ufffde\tf😀");
  }

  @Test
  void closesEveryElement() {
    assertThat(element("div", element("br"), element("span")).markup())
        .isEqualTo("<div><br/><span></span></div>");
  }

  @Test
  void changesMakeCopies() {
    var plain = element("td", "1");
    var marked = plain.with("class", "a").with("class", "b").add(Html.text("2"));

    assertThat(plain.markup()).isEqualTo("<td>1</td>");
    assertThat(marked.markup()).isEqualTo("<td class=\"b\">12</td>");
  }

  @Test
  void refusesAStyleSheetThatHtmlAndXmlReadDifferently() {
    assertThatThrownBy(() -> new Html.Style("</style><script>"))
        .hasMessage("An inline style sheet cannot hold < or &");
  }
}
