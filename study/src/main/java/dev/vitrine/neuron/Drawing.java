package dev.vitrine.neuron;

import java.util.List;
import java.util.stream.Collectors;

/** Units of two inputs as a picture of characters: where the output is true, and the four rows. */
public final class Drawing {
  private static final int ACROSS = 41;
  private static final int DOWN = 17;

  private Drawing() {}

  /**
   * {@return lines of a picture: shaded where the output's sum is at least 0, {@code ●} for a row
   * whose output is true, {@code ○} for one whose is not}
   *
   * @param text the units, as {@link Neuron#of} takes them, with two inputs
   * @param activation of the lines that say none
   * @param coding what stands for true and false
   */
  public static String of(String text, Squash activation, Coding coding) {
    UnitLines lines = UnitLines.of(text);
    List<String> inputs = lines.inputs();
    List<Squash> activations =
        lines.lines().stream().map(line -> line.own().orElse(activation)).toList();
    double low = coding == Coding.SIGNS ? -2 : -0.5;
    double high = coding == Coding.SIGNS ? 2 : 1.5;
    StringBuilder picture = new StringBuilder();
    for (int row = 0; row < DOWN; row++) {
      double y = high - (high - low) * row / (DOWN - 1);
      picture.append("  ");
      for (int column = 0; column < ACROSS; column++) {
        double x = low + (high - low) * column / (ACROSS - 1);
        boolean on = Neuron.sumAt(lines, activations, inputs, x, y) >= 0;
        boolean point = isRow(x, coding) && isRow(y, coding);
        picture.append(point ? on ? '●' : '○' : on ? '░' : ' ');
      }
      picture.append('\n');
    }
    return picture.toString().lines().map(String::stripTrailing).collect(Collectors.joining("\n"));
  }

  private static boolean isRow(double x, Coding coding) {
    return Math.abs(x - 1) < 1e-9 || Math.abs(x - coding.number(false)) < 1e-9;
  }
}
