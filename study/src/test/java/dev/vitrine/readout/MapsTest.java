package dev.vitrine.readout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MapsTest {
  @Test
  void channelsAreChosenInTheirOrder() {
    Maps maps = Maps.of("conv1", Shape.of(3, 1, 2), 0, 1, 2, 3, 4, 5);
    Maps some = maps.select(List.of(2, 0));
    assertThat(some.shape()).isEqualTo(Shape.of(2, 1, 2));
    assertThat(some.values()).containsExactly(4, 5, 0, 1);
    assertThat(some.map(1)).containsExactly(0, 1);
    assertThatThrownBy(() -> maps.select(List.of(1, 3)))
        .isInstanceOf(UserException.class)
        .hasMessage("The layer \"conv1\" has channels 0 to 2, but channel 3 was asked for");
    assertThat(Maps.Statistics.of(-1, 5, 2)).isEqualTo(new Maps.Statistics(-1, 2, 5));
  }

  @Test
  void rowsAreFilled() {
    int[] counts = {1, 2, 3, 6, 7, 16, 20, 50, 64, 96, 256, 384};
    int[] columns = Arrays.stream(counts).map(MapSheet::columnsFor).toArray();
    assertThat(columns).containsExactly(1, 2, 3, 3, 3, 4, 5, 10, 8, 12, 16, 24);
  }
}
