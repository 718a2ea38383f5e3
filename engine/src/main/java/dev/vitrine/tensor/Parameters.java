package dev.vitrine.tensor;

import dev.vitrine.error.Quote;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Named values in one flat array: a network's parameters, their gradients, or an optimiser's state.
 *
 * @param layout where each value lies
 * @param values the array, of {@code layout.size()} elements; shared, not copied
 */
@SuppressWarnings("ArrayRecordComponent") // identity equality is meant: this is storage
public record Parameters(Layout layout, float[] values) {
  /** Zeros in the given layout. */
  public static Parameters zeros(Layout layout) {
    return new Parameters(layout, new float[layout.size()]);
  }

  /** A copy of one value's elements, row-major. */
  public float[] get(String name) {
    Layout.Entry entry = layout.entry(name);
    return Arrays.copyOfRange(values, entry.offset(), entry.offset() + entry.shape().elements());
  }

  /**
   * Overwrites one value's elements.
   *
   * @throws IllegalArgumentException if their number is wrong
   */
  public void set(String name, float[] elements) {
    Layout.Entry entry = layout.entry(name);
    if (elements.length != entry.shape().elements()) {
      throw new IllegalArgumentException(
          "%s expects %d elements for its shape %s, but got %d"
              .formatted(Quote.of(name), entry.shape().elements(), entry.shape(), elements.length));
    }
    System.arraycopy(elements, 0, values, entry.offset(), elements.length);
  }

  /**
   * SHA-256 over the little-endian bits of all elements in order, gaps left out: two runs agree
   * exactly if and only if their hashes do.
   *
   * @return 64 hexadecimal digits
   */
  public String hash() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Layout.Entry entry : layout.entries()) {
        byte[] bytes = new byte[entry.shape().elements() * Float.BYTES];
        java.nio.ByteBuffer.wrap(bytes)
            .order(java.nio.ByteOrder.LITTLE_ENDIAN)
            .asFloatBuffer()
            .put(values, entry.offset(), entry.shape().elements());
        digest.update(bytes);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
