package dev.vitrine.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {
  /** A record as the study has them. */
  public record Run(String name, double learningRate, Optional<Double> momentum, int[][] counts) {}

  @TempDir Path folder;

  @Test
  void prettyTextIsStable() {
    var value = new LinkedHashMap<String, Object>();
    value.put("z", 1);
    value.put("a", List.of(1.5f, 0.1f, 1e-9, 9_007_199_254_740_993L));
    value.put("n", null);
    value.put("nested", Map.of("quote", "\"ü\n"));
    assertThat(Json.pretty(value))
        .isEqualTo(
            """
            {
              "z" : 1,
              "a" : [ 1.5, 0.1, 1.0E-9, 9007199254740993 ],
              "n" : null,
              "nested" : {
                "quote" : "\\"ü\\n"
              }
            }
            """);
  }

  @Test
  void recordsArraysEnumsAndOptionals() {
    var run = new Run("x", 0.01, Optional.empty(), new int[][] {{1, 2}, {3}});
    assertThat(Json.line(run))
        .isEqualTo(
            "{\"name\":\"x\",\"learningRate\":0.01,\"momentum\":null,\"counts\":[[1,2],[3]]}");
    assertThat(Json.line(List.of(DType.F32, Optional.of(0.9), true)))
        .isEqualTo("[\"F32\",0.9,true]");
  }

  @Test
  void nonFiniteNumbersAreTextsThatReadBackAsNumbers() {
    String text = Json.line(Map.of("loss", new float[] {Float.NaN, Float.NEGATIVE_INFINITY}));
    assertThat(text).isEqualTo("{\"loss\":[\"NaN\",\"-Infinity\"]}");
    JsonObject object = Json.parse("{\"a\":\"NaN\",\"b\":\"-Infinity\",\"c\":\"Infinity\"}", "x");
    assertThat(object.number("a")).isNaN();
    assertThat(object.number("b")).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(object.number("c")).isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void whatHasNoFormIsAProgrammingError() {
    assertThatThrownBy(() -> Json.line(new Object()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("JSON has no form for a java.lang.Object");
  }

  @Test
  void everythingReadsBack() {
    var value = new LinkedHashMap<String, Object>();
    value.put("whole", Long.MIN_VALUE);
    value.put("real", Math.nextUp(0.1));
    value.put("text", "日本 \u0000");
    value.put("flag", true);
    value.put("none", null);
    value.put("list", List.of(1L, 2.5, "x", List.of()));
    JsonObject read = Json.parse(Json.pretty(value), "x");
    assertThat(read.fields()).isEqualTo(value);
    assertThat(read.integer("whole")).isEqualTo(Long.MIN_VALUE);
    assertThat(read.number("whole")).isEqualTo(-0x1p63);
    assertThat(read.number("real")).isEqualTo(Math.nextUp(0.1));
    assertThat(read.string("text")).isEqualTo("日本 \u0000");
    assertThat(read.bool("flag")).isTrue();
    assertThat(read.list("list")).hasSize(4);
    assertThat(read.has("none")).isFalse();
    assertThat(read.has("flag")).isTrue();
    assertThat(Json.parse(Json.line(read), "x")).isEqualTo(read);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":1           | c.json: not valid JSON at line 1, column 7: it ends within an object",
        "{\"a\":{\"b\":[1,  | c.json: not valid JSON at line 1, column 14: it ends within a list",
        "{\"a\":[1}        | c.json: not valid JSON at line 1, column 8: a list ends with ], not with }",
        "{\"a\":tru}       | c.json: not valid JSON at line 1, column 6: unknown word \"tru\": texts stand in double quotes; did you mean \"true\"?",
        "{\"a\":1,\"a\":2}  | c.json: not valid JSON at line 1, column 11: the name \"a\" stands twice in"
            + " an object",
        "{\"a\":NaN}        | c.json: not valid JSON at line 1, column 6: JSON has no NaN: write a number",
        "{\"a\":99999999999999999999} | c.json: a expects a number of 64 bits, but got 99999999999999999999",
        "[1]                | c.json: expected a JSON object in braces",
        "``                 | c.json: expected a JSON object in braces",
        "{} {}              | c.json: not valid JSON at line 1, column 4: there is more after the JSON"
            + " object",
      })
  void badTextsAreRefused(String text, String sentence) {
    assertThatThrownBy(() -> Json.parse(text, "c.json"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(sentence)
        .message()
        .doesNotContain("\n", "Source", "Stream", "`", "Feature");
  }

  @Test
  void whatIsNestedTooDeepOrTooLongIsRefused() {
    String deep = "{\"a\":" + "[".repeat(2000) + "]".repeat(2000) + "}";
    assertThatThrownBy(() -> Json.parse(deep, "c.json"))
        .isInstanceOf(UserException.class)
        .message()
        .matches(
            "c.json: not valid JSON at line 1, column \\d+: objects and lists are nested more than"
                + " 500 deep");
    String wide = "{\"a\":" + "1".repeat(5000) + "}";
    assertThatThrownBy(() -> Json.parse(wide, "c.json"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("1000")
        .message()
        .doesNotContain("Stream", "`");
  }

  @Test
  void gettersNameTheFieldTheExpectedAndTheGot() {
    JsonObject object = Json.parse("{\"a\":{\"b\":1.5,\"c\":\"x\"}}", "c.json").object("a");
    assertThatThrownBy(() -> object.integer("b"))
        .isInstanceOf(UserException.class)
        .hasMessage("c.json: a: \"b\" expects a whole number, but got 1.5");
    assertThatThrownBy(() -> object.number("c"))
        .isInstanceOf(UserException.class)
        .hasMessage("c.json: a: \"c\" expects a number, but got \"x\"");
    assertThatThrownBy(() -> object.string("d"))
        .isInstanceOf(UserException.class)
        .hasMessage("c.json: a: \"d\" expects a text, but got nothing");
  }

  @Test
  void linesAreAddedAndReadBack() {
    Path file = folder.resolve("m.jsonl");
    Json.appendLine(file, Map.of("step", 1));
    Json.appendLine(file, Map.of("step", 2));
    assertThat(file).hasContent("{\"step\":1}\n{\"step\":2}\n");
    assertThat(Json.readLines(file))
        .extracting(line -> line.integer("step"))
        .containsExactly(1L, 2L);
  }

  @Test
  void aLineThatWasCutOffIsLeftOut() throws IOException {
    Path file = folder.resolve("m.jsonl");
    Json.writeLines(file, List.of(Map.of("step", 1)));
    Files.writeString(file, "{\"step\":2}", StandardOpenOption.APPEND);
    var lines = new ArrayList<>(Json.readLines(file));
    assertThat(lines).extracting(line -> line.integer("step")).containsExactly(1L);
    Json.writeLines(file, lines);
    assertThat(file).hasContent("{\"step\":1}\n");
  }

  @Test
  void aBadLineIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("m.jsonl"), "{}\nx\n");
    assertThatThrownBy(() -> Json.readLines(file))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(
            "%s, line 2: expected a JSON object in braces, but it begins with \"x\"", file);
  }

  @Test
  void aFileReadsBackAndAMissingOneIsRefused() {
    Path file = folder.resolve("c.json");
    Json.write(file, Map.of("a", 1));
    assertThat(Json.read(file).integer("a")).isEqualTo(1);
    assertThatThrownBy(() -> Json.read(folder.resolve("none")))
        .isInstanceOf(UserException.class)
        .hasMessage("Cannot read %s: it does not exist", folder.resolve("none"));
  }

  @Test
  void aWholeNumberBeyond64BitsIsNamed() {
    assertThatThrownBy(() -> Json.parse("{\"a\": {\"seed\": 9223372036854775808}}", "config.json"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "config.json: a: seed expects a number of 64 bits, but got 9223372036854775808");
  }
}
