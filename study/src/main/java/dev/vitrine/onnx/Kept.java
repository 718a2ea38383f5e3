package dev.vitrine.onnx;

import dev.vitrine.format.DType;
import dev.vitrine.format.TensorData;
import dev.vitrine.tensor.Layout;
import dev.vitrine.weights.stored.Cast;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * How a parameter's numbers are kept in a file: in fewer bits each, or as whole numbers that are
 * multiplied with a scale, one for each slice along the first axis.
 *
 * @param dtype F16 or BF16; I8 or I32 of whole numbers
 * @param scales what whole numbers are multiplied with; none of others
 */
@SuppressWarnings("ArrayRecordComponent") // made once, never compared
public record Kept(DType dtype, float[] scales) {
  /** Refuses {@code null}. */
  public Kept {
    Objects.requireNonNull(dtype, "dtype");
    Objects.requireNonNull(scales, "scales");
  }

  boolean isWhole() {
    return dtype.isWhole();
  }

  /** A parameter's numbers so kept. */
  TensorData data(Layout.Entry entry, float[] values) {
    if (!isWhole()) {
      return Cast.of(entry.name(), entry.shape(), values, entry.offset(), dtype);
    }
    int each = entry.shape().elements() / scales.length;
    return TensorData.of(
        entry.name(),
        dtype,
        entry.shape(),
        (chunk, from, count) -> {
          for (int i = 0; i < count; i++) {
            float scale = scales[(from + i) / each];
            put(chunk, i, Math.round(values[entry.offset() + from + i] / scale));
          }
        });
  }

  private void put(ByteBuffer chunk, int index, int number) {
    if (dtype == DType.I8) {
      chunk.put(index, (byte) number);
    } else {
      chunk.putInt(index * Integer.BYTES, number);
    }
  }
}
