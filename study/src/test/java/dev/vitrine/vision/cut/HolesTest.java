package dev.vitrine.vision.cut;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Small holes, and a plain flood of each point that says the same. */
class HolesTest {
  @ParameterizedTest
  @ValueSource(doubles = {0.2, 0.45, 0.6, 0.8})
  void whatIsFilledIsWhatAPlainFloodFills(double ink) {
    Random random = new Random(3);
    for (int round = 0; round < 50; round++) {
      int width = 1 + random.nextInt(30);
      int height = 1 + random.nextInt(30);
      boolean[] mask = new boolean[width * height];
      for (int i = 0; i < mask.length; i++) {
        mask[i] = random.nextDouble() < ink;
      }
      int most = random.nextInt(12);
      boolean[] expected = flooded(mask, width, height, most);
      Holes.fill(mask, width, height, most);
      assertThat(mask).as("%s × %s, %s", width, height, most).isEqualTo(expected);
    }
  }

  private static boolean[] flooded(boolean[] mask, int width, int height, int most) {
    boolean[] filled = mask.clone();
    boolean[] seen = mask.clone();
    for (int start = 0; start < mask.length; start++) {
      List<Integer> hole = new ArrayList<>();
      ArrayDeque<Integer> open = new ArrayDeque<>();
      boolean closed = true;
      if (!seen[start]) {
        seen[start] = true;
        open.add(start);
      }
      while (!open.isEmpty()) {
        int at = open.remove();
        hole.add(at);
        int x = at % width;
        int y = at / width;
        closed &= x > 0 && y > 0 && x < width - 1 && y < height - 1;
        for (int[] to : new int[][] {{x - 1, y}, {x + 1, y}, {x, y - 1}, {x, y + 1}}) {
          boolean inside = to[0] >= 0 && to[0] < width && to[1] >= 0 && to[1] < height;
          if (inside && !seen[to[1] * width + to[0]]) {
            seen[to[1] * width + to[0]] = true;
            open.add(to[1] * width + to[0]);
          }
        }
      }
      if (closed && hole.size() <= most) {
        hole.forEach(at -> filled[at] = true);
      }
    }
    return filled;
  }
}
