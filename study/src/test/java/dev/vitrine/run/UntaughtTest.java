package dev.vitrine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.data.Dataset;
import dev.vitrine.tensor.Shape;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UntaughtTest {
  private static Dataset labelled(int classes, byte... labels) {
    List<String> names = IntStream.range(0, classes).mapToObj(c -> "c" + c).toList();
    return Dataset.of("tiny", Shape.of(1, 1, 1), new byte[labels.length], labels, names);
  }

  @Test
  void classesThatNoImageIsOfAreNamed() {
    Untaught untaught = Untaught.of(labelled(4, (byte) 1, (byte) 2, (byte) 1));
    assertThat(untaught.classes()).containsExactly(0, 3);
    assertThat(untaught.sentence())
        .hasValue("No training image is of 2 of the 4 classes: \"c0\", \"c3\"");
  }

  @Test
  void ofManyAFew() {
    assertThat(Untaught.of(labelled(2000, (byte) 0, (byte) 1)).sentence())
        .hasValue(
            "No training image is of 1,998 of the 2,000 classes: \"c2\", \"c3\", \"c4\", \"c5\","
                + " \"c6\", \"c7\", \"c8\", \"c9\", …");
  }

  @Test
  void nothingIsSaidWhereAllAreThere() {
    assertThat(Untaught.of(labelled(2, (byte) 0, (byte) 1)).sentence()).isEmpty();
  }
}
