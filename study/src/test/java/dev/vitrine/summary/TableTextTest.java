package dev.vitrine.summary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableTextTest {
  private static final Table TABLE =
      new Table(
          List.of(
              new Table.Column("name", "name", true),
              new Table.Column("title", "network", true),
              new Table.Column("parameters", "parameters", false)),
          List.of(
              List.of(
                  "a-name-of-twenty-odd-letters", "a title that is longer yet than it", 12_345L),
              List.of("b", "short", 7L)),
          List.of());

  @ParameterizedTest
  @ValueSource(ints = {24, 40, 60, 70, 79, 80, 120})
  void noLineIsWiderThanTheScreen(int width) {
    String text = TableText.render(TABLE, width);
    assertThat(text.lines()).allMatch(line -> line.length() <= width);
    assertThat(text).contains("12,345", "a-name-of-t", "a title t");
  }

  @Test
  void longTextsAreCutNumbersNever() {
    assertThat(TableText.render(TABLE, 40))
        .isEqualTo(
            """
            name                  network
            ────────────────────────────────────────
            a-name-of-twenty-od…  a title that is l…
            b                     short

            name                  parameters
            ────────────────────────────────
            a-name-of-twenty-od…      12,345
            b                              7
            """);
    assertThat(TableText.render(TABLE, 80)).doesNotContain("…");
  }
}
