package dev.vitrine.summary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.nn.Initializer;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.Sequential;
import dev.vitrine.op.Affine;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Shape;
import org.junit.jupiter.api.Test;

/** What is given with a layer is counted, but not as learned. */
class FixedNumbersTest {
  @Test
  void fixedNumbersAreNotParameters() {
    Layer given =
        (network, x) -> {
          Value w = network.fixed("w", Shape.of(3, 4), Initializer.constant(1));
          Value y = network.apply(new Affine(false), x, w);
          return network.add(y, network.constant(Shape.of(3), 1, 2, 3));
        };
    Layer layers = Sequential.of(given, Linear.of(2));
    Summary summary = Summary.of(layers, Shape.of(4));
    assertThat(summary.rows().getFirst().fixed()).isEqualTo(12 + 3);
    assertThat(summary.rows().getFirst().parameters()).isZero();
    assertThat(summary.fixed()).isEqualTo(15);
    assertThat(summary.parameters()).isEqualTo(3 * 2 + 2);
    assertThat(summary.macs()).isEqualTo(12 + 6);
    assertThat(summary.rows().getFirst().movedBytes()).isEqualTo(4 * (4 + 15 + 3));
    NamedSummary named =
        NamedSummary.of("given", "given", layers, Shape.of(4), Convention.ORDINARY);
    assertThat(named.table().columns()).extracting(Table.Column::key).contains("fixed");
    assertThat(named.json(false)).containsEntry("fixed", 15L);
    assertThat(named.explanation()).contains("8 parameters and 15 fixed numbers");
  }
}
