package dev.vitrine.bench;

import dev.vitrine.workload.ProcessorTime;
import dev.vitrine.workload.Window;
import dev.vitrine.workload.Windows;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/**
 * Contenders that live side by side and take turns, window by window, so that whatever changes on
 * the machine meets all of them.
 *
 * @param title what they do, for the progress
 * @param images how many a step takes
 * @param seconds length of a window
 * @param progress what is told of each window
 */
record Turns(String title, int images, double seconds, Consumer<String> progress) {
  /** Time for the last contender's threads to stop spinning. */
  private static final long PAUSE_MILLIS = 300;

  /** Has a contender compile what it will run. */
  void warmUp(Child child) {
    progress.accept("%s: %s warms up".formatted(title, child.peer().name()));
    child.ask("run " + Math.max(3, 2 * seconds));
  }

  /** The windows of each, until all have enough. */
  Map<Child, Windows> play(List<Child> children) {
    Map<Child, Windows> played = new LinkedHashMap<>();
    children.forEach(child -> played.put(child, new Windows(List.of())));
    while (!played.values().stream().allMatch(Windows::enough)) {
      played.replaceAll((child, windows) -> windows.plus(turn(child)));
    }
    return played;
  }

  private Window turn(Child child) {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    ProcessorTime processors = new ProcessorTime(child::processorTime);
    ProcessorTime.Mark mark = processors.mark();
    String[] answer = child.ask("run " + seconds).split(" ", -1);
    OptionalDouble others = processors.othersSince(mark);
    Window window = new Window(Long.parseLong(answer[0]), Double.parseDouble(answer[1]), others);
    progress.accept(
        String.format(
            Locale.ROOT,
            "%s: %s %.0f images/s, others used %.2f of a processor",
            title,
            child.peer().name(),
            window.stepsPerSecond() * images,
            others.orElse(Double.NaN)));
    return window;
  }
}
