package dev.vitrine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteTableTest {
  private static float[] numbers(IntToDoubleFunction of) {
    float[] numbers = new float[ByteTable.VALUES];
    Arrays.setAll(new double[numbers.length], v -> numbers[v] = (float) of.applyAsDouble(v));
    return numbers;
  }

  private static ByteTable table(IntToDoubleFunction of) {
    return new ByteTable(numbers(of), 0);
  }

  private static void checkLine(float[] numbers, ByteTable table) {
    for (int v = 0; v < numbers.length; v++) {
      assertThat((float) Math.fma(v, table.slope(), table.intercept()))
          .as("the number of %s", v)
          .isEqualTo(numbers[v]);
      assertThat(table.of((byte) v)).isEqualTo(numbers[v]);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "255, 0, 1",
    "255, 0.1307, 0.3081",
    "255, 0.485, 0.229",
    "255, 0.5, 0.5",
    "255, 0.5, -0.5",
    "255, 0, -1",
    "1, 0, 1",
    "1, 33.3, 78.6"
  })
  void normalisationsAreLines(double divisor, double mean, double deviation) {
    IntToDoubleFunction of = v -> (v / divisor - mean) / deviation;
    assertThat(table(of).line()).isTrue();
    checkLine(numbers(of), table(of));
  }

  @Test
  void soAreRandomOnes() {
    Random random = new Random(11);
    for (int i = 0; i < 500; i++) {
      double mean = random.nextDouble();
      double deviation = (random.nextDouble() + 0.01) * (i % 2 == 0 ? 1 : -1);
      IntToDoubleFunction of = v -> (v / 255.0 - mean) / deviation;
      assertThat(table(of).line()).as("mean %s, deviation %s", mean, deviation).isTrue();
      checkLine(numbers(of), table(of));
    }
  }

  @Test
  void whatOneNumberLeavesIsNone() {
    for (int v : new int[] {1, 100, 254, 255}) {
      float[] numbers = numbers(u -> u / 255.0);
      numbers[v] = Math.nextUp(numbers[v]);
      ByteTable table = new ByteTable(numbers, 0);
      assertThat(table.line()).as("byte %s", v).isFalse();
      assertThat(table.of((byte) v)).isEqualTo(numbers[v]);
    }
  }

  @Test
  void curvesAndWhatIsNoNumberAreNone() {
    assertThat(table(v -> Math.pow(v / 255.0, 2.2)).line()).isFalse();
    assertThat(table(v -> v % 2).line()).isFalse();
    assertThat(table(v -> Double.NaN).line()).isFalse();
    assertThat(table(v -> v == 9 ? Double.POSITIVE_INFINITY : v).line()).isFalse();
    assertThat(table(v -> Double.NEGATIVE_INFINITY).line()).isFalse();
  }

  @Test
  void zerosKeepTheirSign() {
    ByteTable table = table(v -> -0.0);
    assertThat(Float.floatToRawIntBits(table.of((byte) 7))).isEqualTo(1 << 31);
    assertThat(table.line()).isFalse();
    assertThat(table(v -> v / -255.0).intercept()).isEqualTo(-0.0);
  }

  @Test
  void oneOfSeveralTables() {
    float[] all = Arrays.copyOf(numbers(v -> v), 2 * ByteTable.VALUES);
    System.arraycopy(numbers(v -> -3 * v), 0, all, ByteTable.VALUES, ByteTable.VALUES);
    ByteTable second = new ByteTable(all, ByteTable.VALUES);
    Arrays.fill(all, 0);
    assertThat(second.of((byte) 200)).isEqualTo(-600);
    assertThat(second.line()).isTrue();
  }
}
