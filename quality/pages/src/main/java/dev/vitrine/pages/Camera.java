package dev.vitrine.pages;

import java.util.Map;

/** What lens, sensor and codec do to three planes of brightness. */
final class Camera {
  private Camera() {}

  static void take(Ink[] planes, Map<Fault, Double> faults, double digits, Dice dice) {
    double blur = faults.getOrDefault(Fault.BLUR, 0.0);
    double sigma = blur > 0 ? digits * (0.01 + 0.05 * blur) : 0.5;
    double noise = 0.006 + 0.11 * faults.getOrDefault(Fault.NOISE, 0.0);
    double jpeg = faults.getOrDefault(Fault.JPEG, 0.0);
    int quality = jpeg > 0 ? (int) (60 - 48 * jpeg) : 88;
    for (Ink plane : planes) {
      plane.blur(sigma);
    }
    Ink grey = Wear.noise(planes[0].width, planes[0].height, dice, 0.5);
    for (Ink plane : planes) {
      Ink own = Wear.noise(plane.width, plane.height, dice, 0.5);
      for (int i = 0; i < plane.at.length; i++) {
        double added = noise * (0.8 * grey.at[i] + 0.6 * own.at[i]);
        plane.at[i] = (float) Math.clamp(plane.at[i] + added, 0, 1);
      }
      Jpeg.spoil(plane, quality, 0, 0);
    }
  }
}
