package dev.vitrine.bench;

import dev.vitrine.workload.StepClock;
import dev.vitrine.workload.Window;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * How a contender's process is spoken to: lines of its input, a word and an argument, are answered
 * with lines that begin with {@link #ANSWER}, so that whatever a framework prints does no harm.
 */
final class Requests {
  /** What answers begin with. */
  static final String ANSWER = "@ ";

  private Requests() {}

  /**
   * Answers until the input ends.
   *
   * @param answers what to do with the argument that follows each word
   */
  static void serve(Map<String, UnaryOperator<String>> answers) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ", 2);
      UnaryOperator<String> request = answers.get(words[0]);
      if (request == null) {
        throw new IllegalArgumentException("Unknown request: " + line);
      }
      answer(request.apply(words[1]));
    }
  }

  /** {@return steps and seconds of a window, the answer to {@code run SECONDS}} */
  static String run(StepClock clock, String seconds) {
    Window window = clock.run(Double.parseDouble(seconds));
    return String.format(Locale.ROOT, "%d %.9f", window.steps(), window.seconds());
  }

  static void answer(String text) {
    System.out.println(ANSWER + text);
  }
}
