package dev.vitrine.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class WindowsTest {
  private static Window window(long steps, double others) {
    return new Window(steps, 2, OptionalDouble.of(others));
  }

  private static Windows of(long[] quiet, long[] disturbed) {
    List<Window> all = new ArrayList<>();
    for (long steps : disturbed) {
      all.add(window(steps, 0.07));
    }
    for (long steps : quiet) {
      all.add(window(steps, 0.05));
    }
    return new Windows(all);
  }

  @Test
  void onlyQuietWindowsCountOnceThereAreSeven() {
    Windows windows = of(new long[] {10, 20, 30, 40, 50, 60, 70}, new long[] {1, 2, 1000});
    assertThat(windows.quiet()).isTrue();
    assertThat(windows.enough()).isTrue();
    assertThat(windows.disturbed()).isEqualTo(3);
    assertThat(windows.stepsPerSecond()).isEqualTo(20);
    assertThat(windows.spread()).isEqualTo(0.75, within(1e-12));
  }

  @Test
  void allCountWhereTooFewAreQuiet() {
    Windows windows = of(new long[] {10, 20, 30, 40, 50, 60}, new long[] {2, 4});
    assertThat(windows.quiet()).isFalse();
    assertThat(windows.enough()).isFalse();
    assertThat(windows.stepsPerSecond()).isEqualTo(12.5);
  }

  @Test
  void aMachineThatIsNeverQuietEndsIt() {
    Windows windows = of(new long[0], new long[Windows.TRIES]);
    assertThat(windows.enough()).isTrue();
    assertThat(windows.quiet()).isFalse();
  }

  @Test
  void anUnknownLoadIsNotADisturbance() {
    assertThat(new Window(1, 1, OptionalDouble.empty()).disturbed()).isFalse();
  }
}
