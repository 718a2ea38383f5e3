package dev.vitrine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.format.Json;
import dev.vitrine.nn.Layer;
import dev.vitrine.notation.NetworkFile;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.tensor.Shape;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every layer can be written as a network file and is read as it was: {@link CompletenessTest} says
 * that the list has every layer.
 */
class NotationTest {
  static Stream<Arguments> layers() {
    return LayerCases.layers().entrySet().stream()
        .map(entry -> Arguments.of(entry.getKey(), Shape.of(entry.getValue())));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void everyLayerIsReadAsItWasWritten(Layer layer, Shape input) {
    String text = NetworkFile.text(new NetworkSpec("own", "own", input, layer));
    NetworkSpec again = NetworkFile.parse(Json.parse(text, "own.json"));
    assertThat(again.layers()).isEqualTo(layer);
    assertThat(again.input()).isEqualTo(input);
  }
}
