package dev.vitrine.weights.stored;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.format.DType;
import dev.vitrine.format.TensorData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CastTest {
  private static StoredTensor tensor(double... numbers) {
    return StoredTensor.rows(
        DType.F64,
        ByteOrder.nativeOrder(),
        List.of((long) numbers.length),
        MemorySegment.ofArray(numbers));
  }

  private static StoredTensor written(Cast cast) throws IOException {
    TensorData data = cast.named("w");
    var out = new ByteArrayOutputStream();
    data.writeTo(out);
    return StoredTensor.rows(
        data.dtype(),
        ByteOrder.LITTLE_ENDIAN,
        List.of((long) data.shape().elements()),
        MemorySegment.ofArray(out.toByteArray()));
  }

  @Test
  void halvesGoToTheEvenNeighbourAndWhatIsTooLargeIsCounted() throws IOException {
    double step = 1.0 / 1024;
    double[] numbers = {
      1 + step / 2,
      1 + 3 * step / 2,
      1 + step / 2 + 1e-12,
      -(1 + step / 2),
      65504,
      65519.99,
      65520,
      -1e300,
      Double.NaN,
      Double.NEGATIVE_INFINITY,
      0x1p-24,
      0x1p-25,
      0x1.0000001p-25
    };
    Cast cast = new Cast(tensor(numbers), DType.F16);
    assertThat(written(cast).doubles())
        .containsExactly(
            1,
            1 + 2 * step,
            1 + step,
            -1,
            65504,
            65504,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            Double.NaN,
            Double.NEGATIVE_INFINITY,
            0x1p-24,
            0,
            0x1p-24);
    assertThat(cast.overflows()).isEqualTo(2);
    assertThat(cast.difference()).isEqualTo(65519.99 - 65504);
  }

  @Test
  void bfloat16IsTheNearestToo() throws IOException {
    double step = 1.0 / 128;
    double[] numbers = {
      1 + step / 2, 1 + 3 * step / 2, 1 + step / 2 + 1e-12, 1.5, Double.NaN, 3.4e38, -0.0
    };
    Cast cast = new Cast(tensor(numbers), DType.BF16);
    assertThat(written(cast).doubles())
        .containsExactly(
            1, 1 + 2 * step, 1 + step, 1.5, Double.NaN, Double.POSITIVE_INFINITY, -0.0);
    assertThat(cast.overflows()).isEqualTo(1);
  }

  /** Cut to 16 bits, the smallest of all NaNs would be an infinity. */
  @Test
  void everyNanStaysOne() throws IOException {
    int[] bits = {0x7f800001, 0xff800001, 0x7fffffff};
    StoredTensor nans =
        StoredTensor.rows(
            DType.F32, ByteOrder.nativeOrder(), List.of(3L), MemorySegment.ofArray(bits));
    for (DType narrow : List.of(DType.BF16, DType.F16)) {
      Cast cast = new Cast(nans, narrow);
      assertThat(written(cast).doubles()).containsExactly(Double.NaN, Double.NaN, Double.NaN);
      assertThat(cast.overflows()).isZero();
    }
  }

  /** A file may be written again, to be compared. */
  @Test
  void whatIsCountedIsOfTheLastWriting() throws IOException {
    Cast cast = new Cast(tensor(1e300, 65519.99), DType.F16);
    written(cast);
    written(cast);
    assertThat(cast.overflows()).isEqualTo(1);
    assertThat(cast.difference()).isEqualTo(65519.99 - 65504);
  }

  /** No other half lies nearer to a number than the one that it becomes. */
  @Test
  void nothingLiesNearer() throws IOException {
    Random random = new Random(3);
    double[] numbers =
        random.doubles(20_000, -40, 12).map(e -> random.nextGaussian() * Math.pow(2, e)).toArray();
    double[] halves = written(new Cast(tensor(numbers), DType.F16)).doubles();
    for (int i = 0; i < numbers.length; i++) {
      short bits = Float.floatToFloat16((float) halves[i]);
      double off = Math.abs(halves[i] - numbers[i]);
      for (int by : new int[] {-1, 1}) {
        double other = Float.float16ToFloat((short) (bits + by));
        assertThat(off).as("%s", numbers[i]).isLessThanOrEqualTo(nanAsFar(other - numbers[i]));
      }
    }
  }

  /**
   * Singles of all sizes, those too small for a normal half and those too large among them, against
   * arithmetic in double: a multiple of the last bit's weight, halves to the even one.
   */
  @Test
  void singlesAreRoundedAsInDouble() {
    Random random = new Random(4);
    for (int i = 0; i < 400_000; i++) {
      // Half of them lie in the middle between two halves, or a trifle beside it.
      int near = (random.nextInt(1 << 19) << 13) + 0x1000 + random.nextInt(3) - 1;
      float number = Float.intBitsToFloat(i % 2 == 0 ? random.nextInt() : near);
      assertThat(Cast.rounded(number, DType.F16))
          .isEqualTo(Float.valueOf((float) inDouble(number, 10, -14, 65520)));
      assertThat(Cast.rounded(number, DType.BF16))
          .isEqualTo(Float.valueOf((float) inDouble(number, 7, -126, 0x1.ffp127)));
      assertThat(Cast.rounded(number, DType.F32)).isEqualTo(Float.valueOf(number));
    }
  }

  private static double inDouble(double number, int digits, int least, double tooLarge) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      return number;
    }
    if (Math.abs(number) >= tooLarge) {
      return Math.copySign(Double.POSITIVE_INFINITY, number);
    }
    double unit = Math.scalb(1.0, Math.max(Math.getExponent(number), least) - digits);
    return Math.rint(number / unit) * unit;
  }

  private static double nanAsFar(double difference) {
    return Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.abs(difference);
  }

  @Test
  void wideningIsExactAndWholeNumbersStay() throws IOException {
    short[] bits = {0x3f80, (short) 0xc0c0, 1};
    StoredTensor narrow =
        StoredTensor.rows(
            DType.BF16, ByteOrder.nativeOrder(), List.of(3L), MemorySegment.ofArray(bits));
    Cast cast = new Cast(narrow, DType.F32);
    StoredTensor wide = written(cast);
    assertThat(wide.dtype()).isEqualTo(DType.F32);
    assertThat(wide.doubles()).containsExactly(narrow.doubles());
    assertThat(cast.difference()).isZero();
    StoredTensor whole =
        StoredTensor.rows(
            DType.I64, ByteOrder.nativeOrder(), List.of(1L), MemorySegment.ofArray(new long[] {7}));
    assertThat(new Cast(whole, DType.F16).named("n").dtype()).isEqualTo(DType.I64);
    assertThatThrownBy(() -> new Cast(whole, DType.F64))
        .isInstanceOf(UserException.class)
        .hasMessage("Numbers are cast to f32, f16 or bf16, but not to F64");
  }
}
