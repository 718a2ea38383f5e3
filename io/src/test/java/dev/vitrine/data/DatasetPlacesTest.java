package dev.vitrine.data;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.tensor.Shape;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A place that a data set has not is named with those that it has. */
class DatasetPlacesTest {
  private static final Dataset TWO =
      Dataset.of("two", Shape.of(1, 1, 1), new byte[2], new byte[] {0, 1}, List.of("zero", "one"));

  @Test
  void placesThatAreNoneAreNamed() {
    refused(() -> TWO.subset(new int[] {-1}), "-1");
    refused(() -> TWO.label(200), "200");
    refused(() -> TWO.picture(2), "2");
  }

  private static void refused(ThrowingCallable call, String place) {
    assertThatThrownBy(call)
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("Data set two has examples 0 to 1, but %s was asked for".formatted(place));
  }
}
