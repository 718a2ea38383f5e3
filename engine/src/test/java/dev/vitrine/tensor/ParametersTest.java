package dev.vitrine.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Whoever changes parameters does so alone, and knows who did since. */
class ParametersTest {
  private static final String MEANWHILE =
      "These parameters are being trained by another thread: wait for it, or train a copy of the"
          + " model";
  private static final String SINCE =
      "Another training, or somebody by hand, has changed these parameters since this one's last step: train a copy of"
          + " the model, or restore a state";

  private final Parameters parameters = Parameters.zeros(Layout.of(Map.of("w", Shape.of(3))));

  private static void refused(String sentence, Parameters.Writer writer) {
    assertThatThrownBy(writer::begin)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(sentence);
  }

  private static void step(Parameters.Writer writer) {
    writer.begin();
    writer.end();
  }

  @Test
  void stepsOfOneWriterFollowEachOther() {
    Parameters.Writer writer = parameters.writer();
    for (int i = 0; i < 3; i++) {
      step(writer);
    }
    step(parameters.writer());
  }

  @Test
  void twoWritersCannotTakeTurns() {
    Parameters.Writer first = parameters.writer();
    Parameters.Writer second = parameters.writer();
    step(first);
    refused(SINCE, second);
    step(first);
    step(parameters.writer());
    refused(SINCE, first);
  }

  @Test
  void anotherThreadIsRefusedMeanwhile() throws InterruptedException, ExecutionException {
    Parameters.Writer whole = parameters.writer();
    Parameters.Writer second = parameters.writer();
    whole.begin();
    step(whole);
    try (ExecutorService elsewhere = Executors.newSingleThreadExecutor()) {
      elsewhere.submit(() -> refused(MEANWHILE, second)).get();
      whole.end();
      elsewhere.submit(() -> refused(SINCE, second)).get();
      elsewhere.submit(() -> step(parameters.writer())).get();
    }
    refused(SINCE, whole);
  }

  /** A training within another's listener, say. */
  @Test
  void aWriterWithinAnotherSpoilsIt() {
    Parameters.Writer whole = parameters.writer();
    whole.begin();
    step(parameters.writer());
    refused(SINCE, whole);
    whole.end();
  }

  @Test
  void nothingToEnd() {
    assertThatThrownBy(() -> parameters.writer().end())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("There is nothing to end: begin first, on this thread");
  }

  @Test
  void aCopyIsItsOwn() {
    parameters.set("w", new float[] {1, 2, 3});
    Parameters copy = parameters.copy();
    parameters.set("w", new float[3]);
    assertThat(copy.get("w")).containsExactly(1, 2, 3);
    assertThat(copy).isNotEqualTo(parameters);
  }
}
