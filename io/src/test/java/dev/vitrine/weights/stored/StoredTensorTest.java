package dev.vitrine.weights.stored;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.format.DType;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class StoredTensorTest {
  private static MemorySegment floats(ByteOrder order, int count) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * count).order(order);
    IntStream.range(0, count).forEach(bytes::putFloat);
    return MemorySegment.ofArray(bytes.array());
  }

  @Test
  void rowsColumnsAndStridesAreRowMajorOnceRead() {
    for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
      MemorySegment six = floats(order, 6);
      List<Long> dims = List.of(2L, 3L);
      assertThat(StoredTensor.rows(DType.F32, order, dims, six).floats())
          .containsExactly(0, 1, 2, 3, 4, 5);
      assertThat(StoredTensor.columns(DType.F32, order, dims, six).floats())
          .containsExactly(0, 2, 4, 1, 3, 5);
      assertThat(StoredTensor.of(DType.F32, order, dims, new long[] {0, 2}, six).doubles())
          .containsExactly(0, 2, 4, 0, 2, 4);
      assertThat(StoredTensor.of(DType.F32, order, List.of(), new long[0], six).floats())
          .containsExactly(0);
    }
  }

  @Test
  void statisticsAreTheSameInAnyOrderOfBytesAndNumbers() {
    List<Long> dims = List.of(2L, 3L);
    var rows =
        TensorStatistics.of(
            StoredTensor.rows(
                DType.F32, ByteOrder.BIG_ENDIAN, dims, floats(ByteOrder.BIG_ENDIAN, 6)));
    ByteBuffer turned = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    for (float v : new float[] {0, 3, 1, 4, 2, 5}) {
      turned.putFloat(v);
    }
    var columns =
        TensorStatistics.of(
            StoredTensor.columns(
                DType.F32, ByteOrder.LITTLE_ENDIAN, dims, MemorySegment.ofArray(turned.array())));
    assertThat(columns).isEqualTo(rows);
    assertThat(rows.min()).isZero();
    assertThat(rows.mean()).isEqualTo(2.5);
    assertThat(rows.max()).isEqualTo(5);
  }

  @Test
  void numbersThatAreNoneAreCounted() {
    MemorySegment data = MemorySegment.ofArray(new float[] {Float.NaN, 1, Float.POSITIVE_INFINITY});
    var found =
        TensorStatistics.of(
            StoredTensor.rows(DType.F32, ByteOrder.nativeOrder(), List.of(3L), data));
    assertThat(found.nans()).isEqualTo(1);
    assertThat(found.infinities()).isEqualTo(1);
    assertThat(found.min()).isEqualTo(1);
  }

  @Test
  void theSmallTypesHaveTheirPublishedValues() {
    byte[] bits = {0x38, 0x7e, 0x7f, 0x01, (byte) 0xb8};
    assertThat(eight(DType.F8_E4M3, bits)).containsExactly(1, 448, Float.NaN, 0x1p-9f, -1);
    byte[] wide = {0x3c, 0x7b, 0x7c, 0x01, (byte) 0xbc};
    assertThat(eight(DType.F8_E5M2, wide))
        .containsExactly(1, 57344, Float.POSITIVE_INFINITY, 0x1p-16f, -1);
  }

  private static float[] eight(DType dtype, byte[] bits) {
    return StoredTensor.rows(
            dtype,
            ByteOrder.LITTLE_ENDIAN,
            List.of((long) bits.length),
            MemorySegment.ofArray(bits))
        .floats();
  }

  @Test
  void wholeNumbersKeepAllTheirBits() {
    MemorySegment data = MemorySegment.ofArray(new long[] {Long.MAX_VALUE, -1});
    List<Long> dims = List.of(2L);
    assertThat(StoredTensor.rows(DType.I64, ByteOrder.nativeOrder(), dims, data).longs())
        .containsExactly(Long.MAX_VALUE, -1);
    assertThat(StoredTensor.rows(DType.U64, ByteOrder.nativeOrder(), dims, data).doubles())
        .containsExactly(0x1p63, 0x1p64);
    assertThatThrownBy(
            () -> StoredTensor.rows(DType.F64, ByteOrder.nativeOrder(), dims, data).longs())
        .isInstanceOf(UserException.class)
        .hasMessage("Whole numbers were expected, but the tensor holds F64");
  }

  @Test
  void sizesThatLieAreRefused() {
    MemorySegment data = floats(ByteOrder.LITTLE_ENDIAN, 6);
    for (List<Long> dims :
        List.of(
            List.of(7L),
            List.of(-1L),
            List.of(1L << 62, 1L << 62),
            List.of(3L, Long.MAX_VALUE),
            List.of(1L << 32, 1L << 32, 4L))) {
      assertThatThrownBy(() -> StoredTensor.rows(DType.F32, ByteOrder.LITTLE_ENDIAN, dims, data))
          .as(dims.toString())
          .isInstanceOf(UserException.class);
    }
    long[][] wrong = {{-1}, {6}, {Long.MAX_VALUE}, {1, 1}};
    for (long[] strides : wrong) {
      assertThatThrownBy(
              () -> StoredTensor.of(DType.F32, ByteOrder.LITTLE_ENDIAN, List.of(2L), strides, data))
          .isInstanceOf(UserException.class);
    }
    assertThat(
            StoredTensor.rows(
                    DType.F32, ByteOrder.LITTLE_ENDIAN, List.of(0L, 1L << 62), data.asSlice(0, 0))
                .floats())
        .isEmpty();
  }

  /** A pipe would be waited for, and has no end that is known. */
  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  @Timeout(20)
  void onlyRegularFilesAreRead() {
    assertThatThrownBy(() -> WeightSource.of(Path.of("/dev/zero")))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "/dev/zero is no regular file, but a pipe or a device: save what it gives in a file first");
  }
}
