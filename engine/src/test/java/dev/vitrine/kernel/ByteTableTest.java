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

  private static void checkLine(float[] numbers, ByteTable.Line line) {
    for (int v = 0; v < numbers.length; v++) {
      assertThat(line.at(v)).as("the number of %s", v).isEqualTo(numbers[v]);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "255, 0, 1",
    "255, 0.1307, 0.3081",
    "255, 0.485, 0.229",
    "255, 0.5, 0.5",
    "255, 0.5, -0.5",
    "1, 0, 1",
    "1, 33.3, 78.6"
  })
  void normalisationsAreLines(double divisor, double mean, double deviation) {
    IntToDoubleFunction of = v -> (v / divisor - mean) / deviation;
    checkLine(numbers(of), table(of).line().orElseThrow());
  }

  @Test
  void soAreRandomOnes() {
    Random random = new Random(11);
    for (int i = 0; i < 500; i++) {
      double mean = random.nextDouble();
      double deviation = (random.nextDouble() + 0.01) * (i % 2 == 0 ? 1 : -1);
      float[] numbers = numbers(v -> (v / 255.0 - mean) / deviation);
      checkLine(numbers, new ByteTable(numbers, 0).line().orElseThrow());
    }
  }

  /** Where bytes lie nearest to the line's zero its numbers have the most bits to get right. */
  @ParameterizedTest
  @CsvSource({"33.0000001", "33.00001", "33.001", "254.9999", "-0.00001", "1e4", "-3e5"})
  void soAreThoseThatMeetZeroNearlyAtAByte(double meets) {
    float[] numbers = numbers(v -> (v - meets) / 78.6);
    checkLine(numbers, new ByteTable(numbers, 0).line().orElseThrow());
  }

  @Test
  void whatOneNumberLeavesIsNone() {
    for (int v : new int[] {1, 100, 254, 255}) {
      float[] numbers = numbers(u -> u / 255.0);
      numbers[v] = Math.nextUp(numbers[v]);
      ByteTable table = new ByteTable(numbers, 0);
      assertThat(table.line()).as("byte %s", v).isEmpty();
      assertThat(table.of((byte) v)).isEqualTo(numbers[v]);
    }
  }

  @Test
  void curvesAndWhatIsNoNumberAreNone() {
    assertThat(table(v -> Math.pow(v / 255.0, 2.2)).line()).isEmpty();
    assertThat(table(v -> v % 2).line()).isEmpty();
    assertThat(table(v -> Double.NaN).line()).isEmpty();
    assertThat(table(v -> v == 9 ? Double.POSITIVE_INFINITY : v).line()).isEmpty();
    assertThat(table(v -> Double.NEGATIVE_INFINITY).line()).isEmpty();
  }

  @Test
  void zerosKeepTheirSign() {
    ByteTable table = table(v -> -0.0);
    assertThat(Float.floatToRawIntBits(table.of((byte) 7))).isEqualTo(1 << 31);
    assertThat(table.line()).isEmpty();
    ByteTable falling = table(v -> v / -255.0);
    assertThat(Float.floatToRawIntBits(falling.of((byte) 0))).isEqualTo(1 << 31);
    assertThat(falling.line()).as("a line's 0 is positive").isEmpty();
  }

  @Test
  void oneOfSeveralTables() {
    float[] all = Arrays.copyOf(numbers(v -> v), 2 * ByteTable.VALUES);
    System.arraycopy(numbers(v -> -3 * v), 0, all, ByteTable.VALUES, ByteTable.VALUES);
    ByteTable second = new ByteTable(all, ByteTable.VALUES);
    Arrays.fill(all, 0);
    assertThat(second.of((byte) 200)).isEqualTo(-600);
    assertThat(second.line()).isPresent();
  }
}
