package dev.vitrine.look.pixels;

import dev.vitrine.random.RandomStream;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import java.util.Objects;

/**
 * A picture that makes a unit answer strongly, by gradient ascent with one fixed recipe: from mid
 * grey with a little noise (deviation 1 % of the way from black to white, seed 42), {@value #STEPS}
 * steps along the gradient, each of 2 % of that way in the root mean square, held between black and
 * white; after every {@value #SMOOTHED}th step but the last twenty the picture is smoothed by (1 2
 * 1)/4 both ways.
 *
 * @param before what the unit gave at the start
 * @param after what it gives for the picture
 * @param numbers of the picture, as the network is given them
 */
public record Maximisation(double before, double after, float[] numbers) {
  /** How many steps are gone. */
  public static final int STEPS = 200;

  private static final int SMOOTHED = 4;
  private static final int ROUGH = 20;
  private static final double STEP = 0.02;
  private static final double NOISE = 0.01;

  /**
   * {@return the picture for a unit}
   *
   * @param layer what is climbed
   * @param unit a channel, whose mean over all places is climbed, or a number of a vector
   * @param black the numbers of a black picture {@code (C, H, W)}
   * @param white those of a white one
   */
  public static Maximisation of(UnitGradient layer, int unit, float[] black, float[] white) {
    Objects.requireNonNull(layer, "layer");
    float[] weights = layer.unit(unit);
    RandomStream noise = Seed.of(42).stream("maximise");
    float[] x = new float[black.length];
    for (int i = 0; i < x.length; i++) {
      double range = (double) white[i] - black[i];
      x[i] = (float) (black[i] + range / 2 + NOISE * range * noise.normal(i));
    }
    double before = layer.of(weights, new float[][] {x}).values()[0];
    for (int step = 1; step <= STEPS; step++) {
      float[] gradient = layer.of(weights, new float[][] {x}).gradients()[0];
      climb(x, gradient, black, white);
      if (step % SMOOTHED == 0 && step <= STEPS - ROUGH) {
        smooth(x, layer.input());
      }
    }
    return new Maximisation(before, layer.of(weights, new float[][] {x}).values()[0], x);
  }

  private static void climb(float[] x, float[] gradient, float[] black, float[] white) {
    double squares = 0;
    for (float g : gradient) {
      squares += (double) g * g;
    }
    double rms = Math.sqrt(squares / gradient.length);
    for (int i = 0; i < x.length && rms > 0; i++) {
      double range = (double) white[i] - black[i];
      double next = x[i] + STEP * Math.abs(range) * gradient[i] / rms;
      x[i] = (float) Math.clamp(next, Math.min(black[i], white[i]), Math.max(black[i], white[i]));
    }
  }

  private static void smooth(float[] x, Shape shape) {
    int height = shape.size(1);
    int width = shape.size(2);
    float[] old = x.clone();
    for (int i = 0; i < x.length; i++) {
      int plane = i / (height * width) * height * width;
      int row = i % (height * width) / width;
      int column = i % width;
      double sum = 0;
      for (int r = -1; r <= 1; r++) {
        for (int c = -1; c <= 1; c++) {
          int y = Math.clamp(row + r, 0, height - 1);
          int k = Math.clamp(column + c, 0, width - 1);
          sum += old[plane + y * width + k] * (2 - Math.abs(r)) * (2 - Math.abs(c));
        }
      }
      x[i] = (float) (sum / 16);
    }
  }
}
