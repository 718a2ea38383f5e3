package dev.vitrine.bench;

import dev.vitrine.data.Dataset;
import dev.vitrine.data.EpochOrder;
import dev.vitrine.tensor.Shape;
import dev.vitrine.train.Recipe;

/**
 * The batches of a training in Vitrine's own order, as arrays that other frameworks take. The
 * arrays are used again for every batch.
 */
public final class Batches {
  private final Dataset data;
  private final Recipe recipe;
  private final byte[] source;
  private final int elements;
  private final byte[] pixels;
  private final int[] labels;
  private int[] order;
  private long epoch;
  private int from;
  private int count;

  /**
   * The batches of a data set.
   *
   * @param channelsLast whether images are to be (H, W, C); they are turned once, beforehand
   */
  public Batches(Dataset data, Recipe recipe, boolean channelsLast) {
    this.data = data;
    this.recipe = recipe;
    elements = data.shape().elements();
    source = channelsLast ? channelsLast(data) : data.pixels();
    pixels = new byte[recipe.batchSize() * elements];
    labels = new int[recipe.batchSize()];
    order = EpochOrder.of(data.size(), recipe.seed(), 0);
  }

  private static byte[] channelsLast(Dataset data) {
    Shape shape = data.shape();
    int channels = shape.size(0);
    int plane = shape.size(1) * shape.size(2);
    byte[] from = data.pixels();
    byte[] to = new byte[from.length];
    for (int start = 0; start < from.length; start += shape.elements()) {
      for (int c = 0; c < channels; c++) {
        for (int p = 0; p < plane; p++) {
          to[start + p * channels + c] = from[start + c * plane + p];
        }
      }
    }
    return to;
  }

  /** Fills {@link #pixels} and {@link #labels} with the next batch. */
  public void next() {
    if (from >= data.size()) {
      epoch++;
      order = EpochOrder.of(data.size(), recipe.seed(), epoch);
      from = 0;
    }
    count = Math.min(recipe.batchSize(), data.size() - from);
    for (int i = 0; i < count; i++) {
      int example = order[from + i];
      System.arraycopy(source, data.offset(example), pixels, i * elements, elements);
      labels[i] = data.label(example);
    }
    from += count;
  }

  /** How many examples the batch has; the last of an epoch may have fewer. */
  public int count() {
    return count;
  }

  /** The batch's images, one after the other. */
  public byte[] pixels() {
    return pixels;
  }

  /** The batch's labels. */
  public int[] labels() {
    return labels;
  }
}
