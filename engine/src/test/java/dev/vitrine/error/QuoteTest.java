package dev.vitrine.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuoteTest {
  @Test
  void textsAreJsonStrings() {
    assertThat(Quote.of("conv1")).isEqualTo("\"conv1\"");
    assertThat(Quote.of("")).isEqualTo("\"\"");
    assertThat(Quote.of("a\"b\\c")).isEqualTo("\"a\\\"b\\\\c\"");
    assertThat(Quote.of("größer 数字 😀")).isEqualTo("\"größer 数字 😀\"");
  }

  @Test
  void whatCannotBePrintedIsEscaped() {
    assertThat(Quote.of("a\nb\r\tc")).isEqualTo("\"a\\nb\\r\\tc\"");
    assertThat(Quote.of("\u001b[31mred\0\u007f\u0085"))
        .isEqualTo("\"\\u001b[31mred\\u0000\\u007f\\u0085\"");
    assertThat(Quote.of("a\u202eb\u2028c\ufeffd\u200be"))
        .isEqualTo("\"a\\u202eb\\u2028c\\ufeffd\\u200be\"");
    assertThat(Quote.of("\ud83d \udc00 " + Character.toString(0xE0001)))
        .isEqualTo("\"\\ud83d \\udc00 \\udb40\\udc01\"");
  }

  @Test
  void longTextsLoseTheirMiddle() {
    String sixty = "\"" + "x".repeat(58) + "\"";
    assertThat(Quote.of("x".repeat(58))).isEqualTo(sixty);
    assertThat(Quote.of("x".repeat(5000) + ".json"))
        .isEqualTo("\"" + "x".repeat(38) + "…" + "x".repeat(14) + ".json\"")
        .hasSize(60);
  }

  @Test
  void noEscapeIsCutInTwo() {
    assertThat(Quote.of("\u0007".repeat(100)))
        .isEqualTo("\"" + "\\u0007".repeat(6) + "…" + "\\u0007".repeat(3) + "\"");
    assertThat(Quote.of("😀".repeat(100)).codePoints()).doesNotContain(0xD83D, 0xDE00);
  }

  @Test
  void valuesKeepTheirBeginning() {
    assertThat(Quote.value("{\"type\": \"relu\"}")).isEqualTo("{\"type\": \"relu\"}");
    assertThat(Quote.value("[" + "1, ".repeat(100) + "1]"))
        .isEqualTo("[" + "1, ".repeat(19) + "1…")
        .hasSize(60);
  }

  @Test
  void placesKeepBothEnds() {
    assertThat(Quote.place("net.json, layer 1")).isEqualTo("net.json, layer 1");
    assertThat(Quote.place("net\n.json" + ", layer 1, body".repeat(100) + ", layer 7"))
        .startsWith("net\\n.json, layer 1, body, layer 1,")
        .endsWith(", layer 1, body, layer 7")
        .contains("…")
        .hasSize(120);
  }

  @Test
  void sentencesAreLines() {
    assertThat(Quote.line("/tmp/a\nb.json: \"x\\y\" …\u202e"))
        .isEqualTo("/tmp/a\\nb.json: \"x\\y\" …\\u202e");
  }
}
