package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.metrics.Evaluation;
import dev.vitrine.metrics.EvaluationBuilder;
import dev.vitrine.readout.Maps;
import dev.vitrine.tensor.Shape;
import dev.vitrine.train.EpochSummary;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables on terminals of few columns: no line may wrap into the next. */
class NarrowScreenTest {
  private static final List<String> NAMES =
      List.of("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Bag", "Ankle boot");

  private static List<String> lines(Screen screen, Consumer<Terminal> shown) {
    StringWriter out = new StringWriter();
    PrintWriter err = new PrintWriter(new StringWriter(), true);
    shown.accept(new Terminal(new PrintWriter(out, true), err, screen));
    return out.toString().lines().toList();
  }

  private static Screen of(int columns) {
    return new Screen(true, true, false, columns);
  }

  private static Evaluation evaluation() {
    EvaluationBuilder builder = new EvaluationBuilder(NAMES.size(), 0);
    for (int i = 0; i < 20_000; i++) {
      float[] logits = new float[NAMES.size()];
      logits[i * 31 % 11 % NAMES.size()] = 3;
      builder.add(i, i % NAMES.size(), logits, 0);
    }
    return builder.build();
  }

  private static void epochs(Terminal terminal) {
    EpochTable table = new EpochTable(terminal);
    Evaluation validation = evaluation();
    table.row(epoch(1, 1.23456, 0.98765, Optional.of(validation), 100, 60_000));
    table.row(epoch(100, 0.00001, 1, Optional.empty(), 1234.5, 60_000_000));
  }

  private static EpochSummary epoch(
      int number,
      double loss,
      double accuracy,
      Optional<Evaluation> validation,
      double seconds,
      long images) {
    OptionalDouble validationLoss =
        validation.stream().mapToDouble(Evaluation::meanLoss).findFirst();
    return new EpochSummary(
        number,
        number,
        loss,
        OptionalDouble.of(accuracy),
        validationLoss,
        validation,
        0.1,
        seconds,
        images);
  }

  private static List<Consumer<Terminal>> views() {
    Maps maps = Maps.of("conv1", Shape.of(3, 1, 2), -1.23456e-10f, 2e10f, -3, 4, 5, 6.54321e-7f);
    List<Consumer<Terminal>> all = new ArrayList<>();
    all.add(NarrowScreenTest::epochs);
    all.add(terminal -> EvaluationView.show(terminal, evaluation(), NAMES));
    all.add(terminal -> ScoresView.show(terminal, evaluation(), NAMES));
    all.add(terminal -> ReadoutView.show(terminal, maps));
    all.add(terminal -> new BenchTable(terminal).head());
    return all;
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 50, 60, 73, 80, 99, 120})
  void noLineIsWiderThanTheTerminal(int columns) {
    for (Consumer<Terminal> view : views()) {
      assertThat(lines(of(columns), view)).isNotEmpty().allMatch(line -> line.length() <= columns);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 24, 30, 34, 35})
  void theScoresFitScreensOfFewColumns(int columns) {
    List<String> lines = lines(of(columns), screen -> ScoresView.show(screen, evaluation(), NAMES));
    assertThat(lines).allMatch(line -> line.length() <= columns);
    assertThat(lines).anyMatch(line -> line.contains("precision"));
    assertThat(String.join("\n", lines)).contains("14.29%", "Trou", "F1");
  }

  @Test
  void epochsLeaveOutWhatMattersLeast() {
    assertThat(lines(of(40), NarrowScreenTest::epochs))
        .containsExactly(
            "epoch     loss      acc    valid     acc",
            "    1   1.2346   98.77%   2.8328  14.29%",
            "  100   0.0000  100.00%        –       –");
    assertThat(lines(of(60), NarrowScreenTest::epochs).getFirst())
        .isEqualTo("epoch     loss      acc    valid     acc  images/s");
    String whole = "epoch   train loss   train acc   valid loss   valid acc   images/s    time";
    assertThat(lines(of(74), NarrowScreenTest::epochs).getFirst()).isEqualTo(whole);
    assertThat(lines(Screen.NONE, NarrowScreenTest::epochs).getFirst()).isEqualTo(whole);
  }

  @Test
  void inAFileNothingIsLeftOut() {
    for (Consumer<Terminal> view : views()) {
      assertThat(lines(Screen.NONE, view)).isEqualTo(lines(of(1000), view));
    }
  }
}
