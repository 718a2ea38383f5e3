package dev.vitrine.trace.function;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** A function's curve and that of its slope, drawn with the dots of Braille signs or in ASCII. */
final class Plot {
  private static final int COLUMNS = 60;
  private static final int ROWS = 15;
  private static final int[][] DOTS = {{0x01, 0x02, 0x04, 0x40}, {0x08, 0x10, 0x20, 0x80}};

  private Plot() {}

  /** Both curves between −5 and 5, the range of the first deciding the height. */
  static List<String> of(FunctionTrace trace, boolean ascii) {
    Window window = Window.of(trace);
    double low = window.low();
    double high = window.high();
    return ascii
        ? letters(trace::value, trace::slope, low, high)
        : dots(trace::value, trace::slope, low, high);
  }

  private static List<String> letters(
      DoubleUnaryOperator f, DoubleUnaryOperator slope, double low, double high) {
    char[][] canvas = new char[ROWS][COLUMNS];
    int zero = (int) Math.round((high - 0) / (high - low) * (ROWS - 1));
    for (int r = 0; r < ROWS; r++) {
      for (int c = 0; c < COLUMNS; c++) {
        canvas[r][c] = r == zero ? '-' : c == COLUMNS / 2 ? '|' : ' ';
      }
    }
    for (int c = 0; c < COLUMNS; c++) {
      double x = Window.FROM + (Window.TO - Window.FROM) * c / (COLUMNS - 1);
      put(canvas, c, slope.applyAsDouble(x), low, high, '.');
      put(canvas, c, f.applyAsDouble(x), low, high, 'o');
    }
    List<String> lines = new ArrayList<>();
    for (char[] row : canvas) {
      lines.add(new String(row).stripTrailing());
    }
    lines.add(
        "o the function, . its slope; x from -5 to 5, y from %s to %s"
            .formatted(round(low), round(high)));
    return lines;
  }

  private static void put(char[][] canvas, int c, double y, double low, double high, char sign) {
    double row = (high - y) / (high - low) * (ROWS - 1);
    if (Double.isFinite(row) && row > -0.5 && row < ROWS - 0.5) {
      canvas[(int) Math.round(row)][c] = sign;
    }
  }

  private static List<String> dots(
      DoubleUnaryOperator f, DoubleUnaryOperator slope, double low, double high) {
    int width = COLUMNS * 2;
    int height = ROWS * 4;
    boolean[][] on = new boolean[height][width];
    for (int c = 0; c < width; c++) {
      mark(on, (high - 0) / (high - low) * (height - 1), c, c % 4 == 0);
    }
    for (int r = 0; r < height; r += 4) {
      on[r][width / 2] = true;
    }
    for (int c = 0; c < width * 4; c++) {
      double x = Window.FROM + (Window.TO - Window.FROM) * c / (width * 4 - 1);
      mark(on, (high - f.applyAsDouble(x)) / (high - low) * (height - 1), c / 4, true);
      mark(
          on, (high - slope.applyAsDouble(x)) / (high - low) * (height - 1), c / 4, c / 4 % 3 == 0);
    }
    List<String> lines = new ArrayList<>();
    for (int r = 0; r < ROWS; r++) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < COLUMNS; c++) {
        line.append((char) (0x2800 + bits(on, r, c)));
      }
      lines.add(line.toString().replaceAll("\u2800+$", ""));
    }
    lines.add(
        "drawn: the function; in dots: its slope; x from −5 to 5, y from %s to %s"
            .formatted(round(low), round(high))
            .replace("from -", "from −"));
    return lines;
  }

  private static int bits(boolean[][] on, int r, int c) {
    int bits = 0;
    for (int dx = 0; dx < 2; dx++) {
      for (int dy = 0; dy < 4; dy++) {
        bits |= on[r * 4 + dy][c * 2 + dx] ? DOTS[dx][dy] : 0;
      }
    }
    return bits;
  }

  private static void mark(boolean[][] on, double row, int c, boolean wanted) {
    if (wanted && Double.isFinite(row) && row > -0.5 && row < on.length - 0.5) {
      on[(int) Math.round(row)][c] = true;
    }
  }

  private static String round(double value) {
    return String.format(java.util.Locale.ROOT, "%.2f", value);
  }
}
