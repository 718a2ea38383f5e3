package dev.vitrine.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonFaultTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{NL  // the net NL \"a\": 1} | 2, column 2: JSON has no comments: leave it out",
        "{\"a\": /* one */ 1}  | 1, column 7: JSON has no comments: leave it out",
        "# yaml NL a: 1        | 1, column 1: JSON has no comments: leave it out",
        "{\"a\": 1} // end     | 1, column 10: JSON has no comments: leave it out",
        "{\"a\": 1,NL}         | 1, column 8: there is a comma before the end of an object: leave it out",
        "{\"a\": [1, 2, ]}     | 1, column 12: there is a comma before the end of a list: leave it out",
        "{\"a\": [1,, 2]}      | 1, column 10: a value is missing before this comma",
        "{\"a\": [,1]}         | 1, column 8: a value is missing before this comma",
        "{'a': 1}              | 1, column 2: names and texts stand in double quotes (\"), but this begins with '",
        "{\"a\": 'b'}          | 1, column 7: names and texts stand in double quotes (\"), but this begins with '",
        "{“a”: 1}              | 1, column 2: names and texts stand in double quotes (\"), but this begins with “",
        "{\"a\": 1NL\"b\": 2}   | 2, column 1: a comma is missing before this name",
        "{\"a\": [1 2]}        | 1, column 10: a comma is missing before this value",
        "{\"a\": [{} {}]}      | 1, column 11: a comma is missing before this value",
        "{\"a\": [1 true]}     | 1, column 10: a comma is missing before this value",
        "{\"a\": NaN}          | 1, column 7: JSON has no NaN: write a number",
        "{\"a\": -Infinity}    | 1, column 7: JSON has no -Infinity: write a number",
        "{a: 1}                | 1, column 2: a name stands in double quotes: write \"a\"",
        "{\"a\": 1, b-2: 1}    | 1, column 10: a name stands in double quotes: write \"b-2\"",
        "{\"a\" 1}             | 1, column 6: a colon is missing after the name \"a\"",
        "{\"a\" \"b\"}         | 1, column 6: a colon is missing after the name \"a\"",
        "{\"a\" = 1}           | 1, column 6: expected a colon after the name \"a\", but got =",
        "{\"a\": }             | 1, column 7: the value of \"a\" is missing",
        "{\"a\": , \"b\": 1}   | 1, column 7: a value is missing before this comma",
        "{\"a\"}               | 1, column 5: the value of \"a\" is missing",
        "{\"a\": True}         | 1, column 7: unknown word \"True\": texts stand in double quotes; did you mean \"true\"?",
        "{\"a\": None}         | 1, column 7: unknown word \"None\": texts stand in double quotes",
        "{\"a\": relu}         | 1, column 7: unknown word \"relu\": texts stand in double quotes",
        "{\"a\": .5}           | 1, column 7: \".5\" is no number here: they are written as -1, 0.5 or 1e-3",
        "{\"a\": 007}          | 1, column 7: \"007\" is no number here: they are written as -1, 0.5 or 1e-3",
        "{\"a\": +1}           | 1, column 7: \"+1\" is no number here: they are written as -1, 0.5 or 1e-3",
        "{\"a\": 1.}           | 1, column 7: \"1.\" is no number here: they are written as -1, 0.5 or 1e-3",
        "{\"a\": 1e}           | 1, column 7: \"1e\" is no number here: they are written as -1, 0.5 or 1e-3",
        "{\"a\": \"C:\\data\"} | 1, column 10: a text holds an escape that there is not: write \\\\ for a backslash",
        "{\"a\": \"x\\u12g4\"} | 1, column 9: a text holds an escape that there is not: write \\\\ for a backslash",
        "{\"a\": \"oneNLtwo\"} | 1, column 11: a text ends on the line on which it begins: close its quotes, or write \\n for a new line",
        "{\"a\": \"one           | 1, column 11: it ends within a text",
        "{\"a\": \"\\            | 1, column 9: it ends within a text",
        "{\"a\": [1}           | 1, column 9: a list ends with ], not with }",
        "{\"a\": 1]            | 1, column 8: an object ends with }, not with ]",
        "{[1]}                 | 1, column 2: a name in double quotes is missing before [",
        "{: 1}                 | 1, column 2: : stands only between a name and its value",
        "{\"a\": 1} {}         | 1, column 10: there is more after the JSON object",
        "{\"a\": 1}}           | 1, column 9: there is more after the JSON object",
        "{\"größe😀\": 'x'}    | 1, column 12: names and texts stand in double quotes (\"), but this begins with '",
      })
  void whatPeopleWriteInPlaceOfJson(String text, String sentence) {
    assertThatThrownBy(() -> Json.parse(text.replaceAll(" ?NL ?", "\n"), "c.json"))
        .isInstanceOf(UserException.class)
        .hasMessage("c.json: not valid JSON at line " + sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``      | it is empty",
        "[1]     | it begins with \"[1]\"",
        "a: 1    | it begins with \"a: 1\"",
        "<html>  | it begins with \"<html>\"",
      })
  void whatIsNoObject(String text, String got) {
    assertThatThrownBy(() -> Json.parse(text, "c.json"))
        .isInstanceOf(UserException.class)
        .hasMessage("c.json: expected a JSON object in braces, but " + got);
  }

  @Test
  void aControlCharacterIsNamed() {
    assertThat(JsonFault.of("{\"a\": \"\u0007\"}"))
        .contains(
            new JsonFault.Fault(1, 8, "a text holds a control character: write it as \\u0007"));
  }

  @Test
  void goodTextsHaveNone() {
    String good =
        "{\"a\": [1, -0.5e+3, {}, [], {\"b\": [true, null]}], \"\\u00e9\\n\": \"/#,\"} \r\n";
    assertThat(JsonFault.of(good)).isEmpty();
    assertThat(Json.parse(good, "c.json").fields()).hasSize(2);
  }
}
