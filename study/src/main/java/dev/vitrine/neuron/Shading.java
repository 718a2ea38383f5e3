package dev.vitrine.neuron;

import dev.vitrine.neuron.Polygon.Corner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the output of units of two inputs has a sum of at least 0. Each hidden unit that decides
 * cuts the plane along a line, and within a part the units behind it are weighted sums again, so
 * that the parts are exact; where a sum is no weighted one, or a unit does not decide, the plane is
 * cut into small triangles, in each of which the border is taken as straight.
 */
final class Shading {
  private static final int FINE = 64;

  /** How far a sum may be from a weighted one, in relation to its size. */
  private static final double ROUNDING = 1e-9;

  private final UnitLines lines;
  private final List<Squash> activations;
  private final List<String> inputs;
  private final double low;
  private final double high;

  Shading(UnitLines lines, List<Squash> activations, List<String> inputs, double low, double high) {
    this.lines = lines;
    this.activations = activations;
    this.inputs = inputs;
    this.low = low;
    this.high = high;
  }

  /** The parts, which may touch. */
  List<Polygon> parts() {
    List<Polygon> parts = new ArrayList<>();
    boolean exact = cut(Polygon.rectangle(low, low, high, high), 0, Map.of(), parts);
    if (!exact) {
      parts.clear();
      triangles(parts);
    }
    return parts.stream().filter(part -> !part.isEmpty()).toList();
  }

  /** Whether the units from one on, those before having outputs that are known, cut by lines. */
  private boolean cut(Polygon part, int unit, Map<String, Double> known, List<Polygon> parts) {
    if (part.isEmpty()) {
      return true;
    }
    if (!isLinear(unit, known)) {
      return false;
    }
    Polygon positive = part.where(at -> sum(unit, known, at));
    if (unit == activations.size() - 1) {
      parts.add(positive);
      return true;
    }
    Squash activation = activations.get(unit);
    return activation.decides()
        && cut(positive, unit + 1, with(known, unit, activation.function().applyAsDouble(1)), parts)
        && cut(
            part.where(at -> -sum(unit, known, at)),
            unit + 1,
            with(known, unit, activation.function().applyAsDouble(-1)),
            parts);
  }

  private Map<String, Double> with(Map<String, Double> known, int unit, double output) {
    Map<String, Double> more = new HashMap<>(known);
    more.put(lines.lines().get(unit).name(), output);
    return more;
  }

  private double sum(int unit, Map<String, Double> known, Corner at) {
    Map<String, Double> all = new HashMap<>(known);
    all.put(inputs.get(0), at.x());
    all.put(inputs.get(1), at.y());
    return Neuron.sum(lines.lines().get(unit).sum(), all);
  }

  /** Judged at a grid of points from the values at three. */
  private boolean isLinear(int unit, Map<String, Double> known) {
    double base = sum(unit, known, new Corner(low, low));
    double right = sum(unit, known, new Corner(high, low)) - base;
    double up = sum(unit, known, new Corner(low, high)) - base;
    double size = Math.abs(base) + Math.abs(right) + Math.abs(up) + 1;
    for (int i = 0; i <= 4; i++) {
      for (int j = 0; j <= 4; j++) {
        Corner at = new Corner(low + (high - low) * i / 4, low + (high - low) * j / 4);
        double off = sum(unit, known, at) - (base + right * i / 4 + up * j / 4);
        if (Math.abs(off) > ROUNDING * size) {
          return false;
        }
      }
    }
    return true;
  }

  private void triangles(List<Polygon> parts) {
    double step = (high - low) / FINE;
    Map<Corner, Double> known = new HashMap<>();
    for (int i = 0; i < FINE; i++) {
      for (int j = 0; j < FINE; j++) {
        List<Corner> square =
            Polygon.rectangle(
                    low + i * step, low + j * step, low + (i + 1) * step, low + (j + 1) * step)
                .corners();
        if (square.stream().allMatch(at -> whole(known, at) >= 0)) {
          parts.add(new Polygon(square));
        } else {
          parts.add(
              new Polygon(List.of(square.get(0), square.get(1), square.get(2)))
                  .where(at -> whole(known, at)));
          parts.add(
              new Polygon(List.of(square.get(0), square.get(2), square.get(3)))
                  .where(at -> whole(known, at)));
        }
      }
    }
  }

  private double whole(Map<Corner, Double> known, Corner at) {
    return known.computeIfAbsent(
        at, point -> Neuron.sumAt(lines, activations, inputs, point.x(), point.y()));
  }
}
