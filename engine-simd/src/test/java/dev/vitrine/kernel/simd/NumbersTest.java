package dev.vitrine.kernel.simd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.kernel.ByteTable;
import dev.vitrine.kernel.KernelChoice;
import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.ScalarKernels;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes become the table's numbers, whether they are looked up or computed. */
class NumbersTest {
  private static final int MOST = 300;
  private static final byte[] BYTES = new byte[MOST + 3];

  static {
    for (int i = 0; i < BYTES.length; i++) {
      BYTES[i] = (byte) (i * 7);
    }
  }

  static Stream<Kernels> kernels() {
    return Stream.of(
        new ScalarKernels(),
        KernelChoice.best().kernels(),
        SimdProvider.ofWidth(128),
        SimdProvider.ofWidth(256),
        SimdProvider.ofWidth(512));
  }

  private static ByteTable table(boolean line) {
    float[] numbers = new float[ByteTable.VALUES];
    for (int v = 0; v < numbers.length; v++) {
      numbers[v] = (float) ((v / 255.0 - 0.1307) / 0.3081);
    }
    numbers[100] = line ? numbers[100] : 1;
    ByteTable table = new ByteTable(numbers, 0);
    assertThat(table.line().isPresent()).isEqualTo(line);
    return table;
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void everyByteIsItsTablesNumber(Kernels kernels) {
    for (ByteTable table : new ByteTable[] {table(true), table(false)}) {
      for (int n = 0; n <= MOST; n += n < 40 ? 1 : 37) {
        float[] expected = new float[MOST + 4];
        Arrays.fill(expected, Float.NaN);
        float[] y = expected.clone();
        for (int i = 0; i < n; i++) {
          expected[2 + i] = table.of(BYTES[3 + i]);
        }
        kernels.numbers(table, BYTES, 3, y, 2, n);
        assertThat(y).as("%s of %s bytes", kernels.name(), n).isEqualTo(expected);
      }
    }
  }
}
