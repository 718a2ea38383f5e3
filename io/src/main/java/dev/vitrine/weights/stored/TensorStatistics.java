package dev.vitrine.weights.stored;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a tensor's numbers look like.
 *
 * @param min the least number; NaN if there is none
 * @param mean their mean
 * @param max the greatest
 * @param nans how many are not numbers; they count for nothing else
 * @param infinities how many are infinite
 * @param hash the first 16 digits of SHA-256 of its type, its sizes and its numbers' bits, the last
 *     axis the fastest, little-endian: the same for the same tensor in any format and order of
 *     bytes
 */
public record TensorStatistics(
    double min, double mean, double max, long nans, long infinities, String hash) {
  private static final int CHUNK = 1 << 16;
  private static final int DIGITS = 16;

  /**
   * {@return the statistics of a tensor's numbers; one pass over them}
   *
   * @param tensor the tensor
   */
  public static TensorStatistics of(StoredTensor tensor) {
    MessageDigest sha = sha256();
    sha.update(
        (tensor.dtype() + " " + tensor.dims() + "\n")
            .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    Element element = tensor.element();
    MemorySegment data = tensor.data();
    StoredTensor.Walk walk = tensor.walk();
    int size = tensor.dtype().bytes();
    byte[] chunk = new byte[CHUNK];
    boolean turned = element.order() == ByteOrder.BIG_ENDIAN && size > 1;
    int filled = 0;
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    double sum = 0;
    long nans = 0;
    long infinities = 0;
    for (long i = 0; i < tensor.elements(); i++) {
      long at = walk.next();
      double number = element.number(data, at);
      if (Double.isNaN(number)) {
        nans++;
      } else {
        min = Math.min(min, number);
        max = Math.max(max, number);
        sum += number;
        infinities += Double.isInfinite(number) ? 1 : 0;
      }
      for (int b = 0; b < size; b++) {
        chunk[filled++] = data.get(ValueLayout.JAVA_BYTE, at + (turned ? size - 1 - b : b));
      }
      if (filled == CHUNK) {
        sha.update(chunk);
        filled = 0;
      }
    }
    sha.update(chunk, 0, filled);
    long numbers = tensor.elements() - nans;
    return new TensorStatistics(
        numbers == 0 ? Double.NaN : min,
        sum / numbers,
        numbers == 0 ? Double.NaN : max,
        nans,
        infinities,
        HexFormat.of().formatHex(sha.digest()).substring(0, DIGITS));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
