package dev.vitrine.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.tensor.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpyTest {
  @TempDir Path folder;

  /** As {@code numpy.save} writes it (2.4). */
  @Test
  void aFileIsNumpysToTheByte() throws IOException {
    Path file = folder.resolve("x.npy");
    Npy.write(file, Shape.of(1, 2, 3), new float[] {0, 1, 2, 3, 4, 5});
    byte[] bytes = Files.readAllBytes(file);
    assertThat(new String(bytes, 0, 128, StandardCharsets.ISO_8859_1))
        .isEqualTo(
            "\u0093NUMPY\1\0v\0{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2, 3), }"
                + " ".repeat(55)
                + "\n");
    ByteBuffer numbers = ByteBuffer.wrap(bytes, 128, 24).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(bytes).hasSize(152);
    assertThat(numbers.getFloat(128 + 20)).isEqualTo(5);
  }

  @Test
  void aVectorsShapeIsATuple() throws IOException {
    Path file = folder.resolve("v.npy");
    float[] values = new float[5000];
    values[4999] = -0.5f;
    Npy.write(file, Shape.of(5000), values);
    byte[] bytes = Files.readAllBytes(file);
    assertThat(new String(bytes, 10, 118, StandardCharsets.ISO_8859_1)).contains("(5000,), }");
    assertThat(bytes).hasSize(128 + 20_000).endsWith(0, 0, 0, 0xBF);
  }

  @Test
  void theNumbersMustFillTheShape() {
    assertThatThrownBy(() -> Npy.write(folder.resolve("x.npy"), Shape.of(2, 2), new float[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("An array of shape (2, 2) expects 4 numbers, but got 3");
  }
}
