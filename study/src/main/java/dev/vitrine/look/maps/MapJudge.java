package dev.vitrine.look.maps;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Tells what maps are to the picture that they were made of, by the definitions of {@link MapKind}.
 */
public final class MapJudge {
  private static final double BLANK = 0.01;
  private static final double SAME = 0.97;
  private static final double CONTRAST = 0.1;
  private static final double DIRECTED = 0.6;
  private static final double NEAR = 22.5;
  private static final double RIGHT_ANGLE = 90;
  private static final double ALL_WAYS = 0.5;
  private static final int[] BLURS = {3, 5, 7};

  /** From so many places on, edges are bold. */
  public static final double BOLD = 3;

  private final Plane original;

  /**
   * A judge of maps of one picture.
   *
   * @param original the picture, in the numbers that the network is given; of several channels
   *     their mean
   */
  public MapJudge(Plane original) {
    this.original = original;
  }

  /**
   * What a map is.
   *
   * @param kind by the definitions
   * @param detail a number that goes with it, in words; may be empty
   * @param thickness of what stands out, in the map's places
   */
  public record Verdict(MapKind kind, String detail, double thickness) {
    /** {@return the verdict in words} */
    public String words() {
      return kind.words() + (detail.isEmpty() ? "" : ", " + detail);
    }
  }

  /**
   * {@return what each map of a layer is}
   *
   * @param maps of one size
   */
  public List<Verdict> of(List<Plane> maps) {
    double widest = maps.stream().mapToDouble(Plane::range).max().orElse(0);
    Plane first = maps.getFirst();
    Model model = new Model(original, first.width(), first.height());
    List<Verdict> verdicts = new ArrayList<>();
    for (Plane map : maps) {
      verdicts.add(
          map.range() <= BLANK * widest ? new Verdict(MapKind.BLANK, "", 0) : model.verdict(map));
    }
    return verdicts;
  }

  /** The original and what may be made of it, at the maps' size. */
  private static final class Model {
    private final Plane picture;
    private final List<Plane> blurred = new ArrayList<>();
    private final Plane right;
    private final Plane down;
    private final Plane changes;

    Model(Plane original, int width, int height) {
      picture = original.sampled(width, height);
      for (int side : BLURS) {
        blurred.add(original.blurred(side).sampled(width, height));
      }
      Plane r = original.rightward();
      Plane d = original.downward();
      double[] sizes = new double[r.values().length];
      for (int i = 0; i < sizes.length; i++) {
        sizes[i] = Math.hypot(r.values()[i], d.values()[i]);
      }
      right = r.sampled(width, height);
      down = d.sampled(width, height);
      changes = new Plane(r.width(), sizes).sampled(width, height);
    }

    Verdict verdict(Plane map) {
      double thickness = map.thickness();
      double same = map.correlation(picture);
      if (Math.abs(same) >= SAME) {
        double gain = map.slope(picture);
        MapKind kind =
            gain < 0
                ? MapKind.INVERTED
                : Math.abs(gain - 1) <= CONTRAST ? MapKind.COPY : MapKind.CONTRAST;
        return new Verdict(kind, "contrast ×" + number(Math.abs(gain)), thickness);
      }
      for (int i = 0; i < BLURS.length; i++) {
        double soft = map.correlation(blurred.get(i));
        if (Math.abs(soft) >= SAME) {
          String sign = soft < 0 ? ", inverted" : "";
          return new Verdict(
              MapKind.BLURRED, "over %s×%s%s".formatted(BLURS[i], BLURS[i], sign), thickness);
        }
      }
      return edges(map, thickness);
    }

    private Verdict edges(Plane map, double thickness) {
      MapKind kind = edge(map);
      boolean edge = kind != MapKind.OTHER;
      String bold = edge && thickness >= BOLD ? "bold, " : "";
      return new Verdict(kind, edge ? bold + number(thickness) + " thick" : "", thickness);
    }

    private MapKind edge(Plane map) {
      double[] weights = right.weights(down, map);
      double[] sum = new double[map.values().length];
      for (int i = 0; i < sum.length; i++) {
        sum[i] = weights[0] * right.values()[i] + weights[1] * down.values()[i];
      }
      if (map.correlation(new Plane(map.width(), sum)) >= DIRECTED) {
        double angle = Math.toDegrees(Math.atan2(Math.abs(weights[1]), Math.abs(weights[0])));
        return angle <= NEAR
            ? MapKind.VERTICAL
            : angle >= RIGHT_ANGLE - NEAR ? MapKind.HORIZONTAL : MapKind.SLANTED;
      }
      double median = map.median();
      Plane away = map.map(v -> Math.abs(v - median));
      return away.correlation(changes) >= ALL_WAYS ? MapKind.EDGES : MapKind.OTHER;
    }
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.1f", value);
  }
}
