package dev.vitrine.kernel.simd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.kernel.simd.Lanewise.Kind;
import dev.vitrine.kernel.simd.Lanewise.Node;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What scalar code can run on vectors, and what is refused, by code that stands here. */
class ScalarReaderTest {
  private static final float[] NUMBERS = {
    -2, -1, -0f, 0, 1, 1.5f, 3, Float.NaN, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, 7, -7
  };

  /** Scalar code of all sorts. */
  static final class Code {
    private Code() {}

    static float less(float x, float y) {
      return x < y ? x : 2 * y;
    }

    static float lessOrEqual(float x, float y) {
      return x <= y ? x : 2 * y;
    }

    static float greater(float x, float y) {
      return x > y ? x : 2 * y;
    }

    static float greaterOrEqual(float x, float y) {
      return x >= y ? x : 2 * y;
    }

    static float equal(float x, float y) {
      return x == y ? x + 1 : 2 * y;
    }

    static float nested(float x, float y) {
      boolean small = x < 1;
      float z = small ? (y > 0 ? x : -x) : (y < -1 ? 3 : twice(y, x < 0));
      return small ? z : Math.abs(z) * x;
    }

    private static float twice(float y, boolean negative) {
      return negative ? -y : y + y;
    }

    static float bits(float x, float y) {
      int b = Float.floatToRawIntBits(x);
      int c = (b - 5 + 12) >> 3;
      boolean large = c > 1 << 20;
      int d = (large ? 1 << 20 : (c & 0xFFFFFF) | 1) - Float.floatToRawIntBits(y);
      return large ? x : Float.intBitsToFloat((d << 3) >> 5) + d / 1f;
    }

    static float again(float x, float y) {
      float a = Math.abs(x) * y;
      float b = Math.abs(-x) * y;
      return 1 * (a - b) / (-x < 0 ? a : x > 0 ? y : b);
    }

    static float statement(float x) {
      float y = x;
      if (x < 0) {
        y = 2 * x;
      }
      return y;
    }

    static float early(float x) {
      if (x < 0) {
        return 1;
      }
      return x;
    }

    static float loop(float x) {
      float y = x;
      for (int i = 0; i < 3; i++) {
        y *= x;
      }
      return y;
    }

    static float repeated(float x) {
      float y = x;
      while (y < 100) {
        y = y * y + 2;
      }
      return y;
    }

    static float atLeastOnce(float x) {
      do {
        x = x * x + 2;
      } while (x < 100);
      return x;
    }

    static float wide(float x) {
      return (float) (x * 2.5);
    }

    static float ofInts(float x) {
      int bits = x < 0 ? Float.floatToRawIntBits(x) : 3;
      return bits;
    }

    static float notEqual(float x) {
      return x != 0 ? 1 : 2;
    }

    static float array(float x) {
      return new float[] {x}[0];
    }

    static float foreign(float x) {
      return Math.scalb(x, 3);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "less",
        "lessOrEqual",
        "greater",
        "greaterOrEqual",
        "equal",
        "nested",
        "bits",
        "again"
      })
  void runsOnVectorsToTheSameBits(String name) throws Exception {
    var scalar = Code.class.getDeclaredMethod(name, float.class, float.class);
    Node read = ScalarReader.read(Code.class, name, Loops.X, Loops.DY);
    VectorFunctions.Loop loop = VectorFunctions.make(FloatVector.SPECIES_128, name, read);
    float[] x = new float[16];
    float[] y = new float[16];
    float[] z = new float[16];
    for (float first : NUMBERS) {
      for (int i = 0; i < NUMBERS.length; i++) {
        x[i] = first;
        y[i] = NUMBERS[i];
      }
      loop.run(x, 0, y, 0, 0, z, 0, 16);
      for (int i = 0; i < 16; i++) {
        int expected = Float.floatToIntBits((float) scalar.invoke(null, x[i], y[i]));
        assertThat(Float.floatToIntBits(z[i]))
            .as("%s(%s, %s)", name, x[i], y[i])
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void computesOnceWhatIsWrittenTwice() {
    Set<Node> all = new HashSet<>();
    collect(ScalarReader.read(Code.class, "again", Loops.X, Loops.DY), all);
    assertThat(all.stream().map(node -> node.kind))
        .containsExactlyInAnyOrderElementsOf(
            List.of(
                Kind.ARGUMENT,
                Kind.ARGUMENT,
                Kind.FLOAT,
                Kind.ABS,
                Kind.MUL,
                Kind.SUB,
                Kind.GT,
                Kind.SELECT,
                Kind.SELECT,
                Kind.DIV));
  }

  private static void collect(Node node, Set<Node> into) {
    into.add(node);
    node.inputs.forEach(input -> collect(input, into));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "statement | There is a condition that is not an expression",
        "early | There is a condition that is not an expression",
        "loop | There is the instruction IF_ICMPGE",
        "repeated | There is a condition that is not an expression",
        "atLeastOnce | There is the instruction IFLT",
        "wide | There is the instruction F2D",
        "ofInts | There is a condition that selects between others than floats",
        "notEqual | There is the instruction IFEQ",
        "array | There is the instruction NEWARRAY",
        "foreign | There is a call of java/lang/Math",
        "absent | There is no method dev/vitrine/kernel/simd/ScalarReaderTest$Code.absent"
      })
  void refusesWhatCannot(String name, String sentence) {
    assertThatThrownBy(() -> ScalarReader.read(Code.class, name, Loops.X))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(sentence + ", which cannot run on vectors");
  }
}
