package dev.vitrine.readout;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Some channels of a layer's output: maps {@code (C, H, W)}, or the numbers of a vector {@code
 * (C)}.
 *
 * @param layer the layer's path
 * @param channels which of the layer's channels, in this order
 * @param shape of {@code values}: as the layer's, but with these channels alone
 * @param values row-major, map after map
 */
public record Maps(String layer, List<Integer> channels, Shape shape, float[] values) {
  /** Copies the list. */
  public Maps {
    channels = List.copyOf(channels);
  }

  /**
   * {@return all channels of a layer's output}
   *
   * @param layer its path
   * @param shape of the output, {@code (C, H, W)} or {@code (C)}
   * @param values row-major, kept
   */
  public static Maps of(String layer, Shape shape, float... values) {
    return new Maps(layer, IntStream.range(0, shape.size(0)).boxed().toList(), shape, values);
  }

  /**
   * {@return some of these, which must be all of the layer's}
   *
   * @param wanted channel numbers, from 0
   * @throws UserException if the layer has no such channel
   */
  public Maps select(List<Integer> wanted) {
    int last = channels.size() - 1;
    for (int channel : wanted) {
      if (channel < 0 || channel > last) {
        throw new UserException(
            "The layer %s has channels 0 to %s, but channel %s was asked for"
                .formatted(Quote.of(layer), last, channel));
      }
    }
    int[] sizes = shape.sizes();
    sizes[0] = wanted.size();
    Shape some = Shape.of(sizes);
    float[] picked = new float[some.elements()];
    for (int i = 0; i < wanted.size(); i++) {
      System.arraycopy(values, wanted.get(i) * plane(), picked, i * plane(), plane());
    }
    return new Maps(layer, wanted, some, picked);
  }

  /** {@return how many numbers a channel has} */
  public int plane() {
    return shape.elements() / channels.size();
  }

  /**
   * {@return the numbers of the map at a place of {@link #channels}}
   *
   * @param place from 0
   */
  public float[] map(int place) {
    return Arrays.copyOfRange(values, place * plane(), (place + 1) * plane());
  }

  /**
   * Smallest and largest number of some, and their mean.
   *
   * @param min the smallest
   * @param mean of all
   * @param max the largest
   */
  public record Statistics(float min, double mean, float max) {
    /**
     * {@return the statistics of at least one number}
     *
     * @param numbers at least one
     */
    public static Statistics of(float... numbers) {
      float min = numbers[0];
      float max = numbers[0];
      double sum = 0;
      for (float number : numbers) {
        min = Math.min(min, number);
        max = Math.max(max, number);
        sum += number;
      }
      return new Statistics(min, sum / numbers.length, max);
    }
  }
}
