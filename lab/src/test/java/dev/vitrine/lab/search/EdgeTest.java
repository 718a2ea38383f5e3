package dev.vitrine.lab.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.lab.spec.StudySpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EdgeTest {
  private static List<Edge> edges(String values, String chosen) {
    StudySpec spec =
        Specs.of("arms: {all: {}}\nvary: [{name: lr, values: [%s]}]".formatted(values));
    List<Point> points = Points.of(spec);
    Point best =
        points.stream().filter(p -> p.varied().get("lr").equals(chosen)).findFirst().orElseThrow();
    return Edge.of(spec, points, List.of(new Agenda.Choice("all", best, Fold.of(List.of()), 3)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0.01, 0.1, 1 | 1 | false | 10, 100",
        "0.01, 0.1, 1 | 0.01 | true | 0.001, 0.0001",
        "0, 0.01, 0.02 | 0.02 | false | 0.03, 0.04",
        "10, 20, 30 | 10 | true | ",
        "64, 128, 256, 512 | 64 | true | 32, 16",
        "0.2, 0.3, 0.5 | 0.2 | true | 0.1, 0.05",
        "0.2, 0.37, 0.5 | 0.2 | true | 0.03, 0.015",
        "0.01, 0.02, 0.03 | 0.01 | true | 0.005, 0.0025",
        "0.01, 0.03 | 0.03 | false | 0.09, 0.27",
        "0.5, 0.9 | 0.9 | false | 1.3, 1.7",
      })
  void whatLiesBeyondIsOffered(String values, String chosen, boolean lower, String beyond) {
    List<String> expected = beyond == null ? List.of() : List.of(beyond.split(", "));
    assertThat(edges(values, chosen))
        .containsExactly(new Edge("all", "lr", chosen, lower, expected));
  }

  /** A momentum of 1.8 diverges: of such shares it matters how far from 1 they are. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "momentum | 0.8, 0.9 | 0.9 | 0.95, 0.975",
        "momentum | 0, 0.9 | 0.9 | 0.99, 0.999",
        "momentum | 0.99, 0.9999 | 0.9999 | 0.999999, 0.99999999",
        "momentum | 0.5, 0.6 | 0.6 | 0.7, 0.8",
        "momentum | 0, 0.5 | 0.5 | 0.75, 0.875",
        "momentum | -1, 0.5 | 0.5 | 2, 3.5",
        "momentum | 0.5, 0.9 | 0.5 | 0.1, 0.05",
      })
  void sharesComeNearerToOne(String name, String values, String chosen, String beyond) {
    StudySpec spec =
        Specs.of("arms: {all: {}}\nvary: [{name: %s, values: [%s]}]".formatted(name, values));
    List<Point> points = Points.of(spec);
    Point best =
        points.stream().filter(p -> p.varied().get(name).equals(chosen)).findFirst().orElseThrow();
    assertThat(
            Edge.of(spec, points, List.of(new Agenda.Choice("all", best, Fold.of(List.of()), 3))))
        .singleElement()
        .satisfies(edge -> assertThat(String.join(", ", edge.beyond())).isEqualTo(beyond));
  }

  /** Steps on a log scale are ratios, however near the ends. */
  @Test
  void theScaleOfTheRangeDecides() {
    for (boolean log : List.of(true, false)) {
      StudySpec spec =
          Specs.of(
              "arms: {all: {}}\nvary: [{name: lr, from: 0.1, to: 0.4, log: %s, steps: 3}]"
                  .formatted(log));
      List<Point> points = Points.of(spec);
      Agenda.Choice best = new Agenda.Choice("all", points.getLast(), Fold.of(List.of()), 3);
      assertThat(Edge.of(spec, points, List.of(best)).getFirst().beyond())
          .isEqualTo(log ? List.of("0.8", "1.6") : List.of("0.55", "0.7"));
    }
  }

  @Test
  void thereIsNoEdgeWithinOrAtZeroOrOfWords() {
    assertThat(edges("0.01, 0.1, 1", "0.1")).isEmpty();
    assertThat(edges("0, 0.1, 1", "0")).isEmpty();
    assertThat(edges("sgd, adam", "sgd")).isEmpty();
    assertThat(edges("1", "1")).isEmpty();
  }
}
