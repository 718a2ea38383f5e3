package dev.vitrine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.graph.Graph;
import dev.vitrine.kernel.KernelChoice;
import dev.vitrine.kernel.Kernels;
import dev.vitrine.op.Value;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Layout;
import dev.vitrine.tensor.Parameters;
import dev.vitrine.tensor.Shape;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What plans and planners refuse, word for word: y = w · x, and the mean of its sum. */
class MisuseTest {
  private static final Kernels KERNELS = KernelChoice.best().kernels();
  private static final Layout LAYOUT = Layout.of(Map.of("w", Shape.of(3)));

  private final Graph graph = new Graph();
  private final Value x = graph.input("x", Shape.of(3));
  private final Value w = graph.parameter("w", Shape.of(3));
  private final Value y = graph.multiply(w, x);
  private final Value mean = graph.batchMean(graph.sum(y));
  private final Parameters parameters = new Parameters(LAYOUT, filled(LAYOUT.size()));
  private final Workers workers = new Workers(1);
  private final Plan plan = planner().outputs(y, mean, w).batchSize(20).plan(KERNELS, workers);

  private static float[] filled(int size) {
    float[] twos = new float[size];
    java.util.Arrays.fill(twos, 2);
    return twos;
  }

  private Planner planner() {
    return Planner.of(graph, parameters);
  }

  @AfterEach
  void close() {
    workers.close();
  }

  private static void refused(String sentence, ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(sentence);
  }

  private static void tooEarly(String sentence, ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(IllegalStateException.class).hasMessage(sentence);
  }

  private void run(int count) {
    for (int i = 0; i < count; i++) {
      plan.input("x", i, i, 1, 2);
    }
    plan.run(count);
  }

  @Test
  void itWorksWhenUsedWell() {
    run(17);
    assertThat(plan.read(y, 16)).containsExactly(32, 2, 4);
    assertThat(plan.number(mean)).isEqualTo(22);
    assertThat(plan.read(w, 99)).containsExactly(2, 2, 2);
  }

  @Test
  void inputs() {
    refused("There is no input \"z\": the plan reads [x]", () -> plan.input("z", 0, 1, 2, 3));
    refused(
        "Input \"x\" expects 3 numbers for each example, but got 2 for example 5",
        () -> plan.input("x", 5, 1, 2));
    refused(
        "Input \"x\" expects 3 numbers for each example, but got one for example 5",
        () -> plan.input("x", 5, 1));
    for (int example : new int[] {-1, 20}) {
      refused(
          "The plan has room for 20 examples, from 0 on, but got example %s of input \"x\""
              .formatted(example),
          () -> plan.input("x", example, 1, 2, 3));
    }
  }

  @Test
  void inputsOfBytes() {
    Plan.Bytes bytes = bytes(new byte[3 * 4], 3);
    float[] table = new float[256];
    plan.input("x", 4, bytes, table);
    refused(
        "Input \"x\" expects 3 bytes for each example, but example 4 starts at byte 12 of 12",
        () -> plan.input("x", 5, bytes, table));
    refused(
        "The plan has room for 1 to 20 examples, but got 21 of input \"x\"",
        () -> plan.input("x", 21, bytes, table));
    refused(
        "The plan has room for 1 to 20 examples, but got 0 of input \"x\"",
        () -> plan.input("x", 0, bytes, table));
    refused(
        "Input \"x\" of 3 numbers expects a table of 256 numbers, or 256 a channel, but got 255",
        () -> plan.input("x", 4, bytes, new float[255]));
    refused("There is no input \"z\": the plan reads [x]", () -> plan.input("z", 4, bytes, table));
  }

  @Test
  void inputsOfManyExamples() {
    float[][] examples = {{9, 9, 9}, {0, 1, 2}, {1, 1, 2}, {1, 2}};
    plan.input("x", 2, examples, 1);
    plan.run(2);
    assertThat(plan.read(y, 1)).containsExactly(2, 2, 4);
    refused(
        "Input \"x\" expects 3 numbers for each example, but got 2 for example 2",
        () -> plan.input("x", 3, examples, 1));
    refused(
        "The plan has room for 1 to 20 examples, but got 0 of input \"x\"",
        () -> plan.input("x", 0, examples, 1));
    assertThatThrownBy(() -> plan.input("x", 2, examples, 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> plan.input("x", 1, new float[1][], 0))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("an example");
    refused("There is no input \"z\": the plan reads [x]", () -> plan.input("z", 1, examples, 1));
  }

  private static Plan.Bytes bytes(byte[] all, int size) {
    return new Plan.Bytes() {
      @Override
      public byte[] array(int i) {
        return all;
      }

      @Override
      public int start(int i) {
        return i * size;
      }
    };
  }

  @Test
  void runs() {
    refused("The plan expects 1 to 20 examples, but got 21", () -> plan.run(21));
    refused("The plan expects 1 to 20 examples, but got 0", () -> plan.run(0));
    tooEarly("Input \"x\" was given no example: give them before the run", () -> plan.run(1));
    run(1);
    workers.close();
    tooEarly("The team of workers was closed: make a new one", () -> plan.run(1));
    tooEarly("The plan has no results to read: run it first", () -> plan.read(y, 0));
  }

  /** Also of one that an earlier run had, if what was given is forgotten. */
  @Test
  void noExampleIsMadeUp() {
    plan.input("x", 0, 1, 1, 1);
    plan.input("x", 2, 1, 1, 1);
    tooEarly(
        "Input \"x\" was given no example 1, but the run is of 2, from 0 on: give it first",
        () -> plan.run(2));
    plan.input("x", 1, 1, 1, 1);
    plan.run(3);
    plan.run(3);
    plan.forget();
    plan.input("x", 0, 1, 1, 1);
    plan.run(1);
    tooEarly(
        "Input \"x\" was given no example 1, but the run is of 3, from 0 on: give it first",
        () -> plan.run(3));
  }

  /** A load that fails may have put some of its examples over earlier ones. */
  @Test
  void aLoadThatFailedGaveNothing() {
    byte[] bytes = new byte[5];
    Plan.Bytes tooFew =
        new Plan.Bytes() {
          @Override
          public byte[] array(int i) {
            return bytes;
          }

          @Override
          public int start(int i) {
            return 3 * i;
          }
        };
    float[] table = new float[256];
    run(2);
    refused(
        "Input \"x\" expects 3 bytes for each example, but example 1 starts at byte 3 of 5",
        () -> plan.input("x", 2, tooFew, table));
    tooEarly("Input \"x\" was given no example: give them before the run", () -> plan.run(2));
    plan.input("x", 1, tooFew, table);
    plan.run(1);
    plan.input("x", 1, 1, 1, 1);
    plan.input("x", 1, tooFew, table);
    plan.run(2);
  }

  @Test
  void reads() {
    tooEarly("The plan has no results to read: run it first", () -> plan.read(y, 0));
    tooEarly("The plan has no results to read: run it first", () -> plan.number(mean));
    run(5);
    Value other = new Graph().input("x", Shape.of(3));
    refused(
        "%0 = Input[name=x, shape=(3)]() : (3) is not an output of this plan: name it to"
            + " Planner.outputs",
        () -> plan.read(other, 0));
    refused(x + " is not an output of this plan: name it to Planner.outputs", () -> plan.number(x));
    refused("The last run had 5 examples, from 0 on, but example 5 is read", () -> plan.read(y, 5));
    refused(
        "The last run had 5 examples, from 0 on, but example -1 is read", () -> plan.read(y, -1));
    refused(
        y + " has 3 numbers, but the array to read them into has 2",
        () -> plan.read(y, 0, new float[2]));
    refused(y + " is not one number that the batch shares: read it", () -> plan.number(y));
    refused(w + " is not one number that the batch shares: read it", () -> plan.number(w));
  }

  @Test
  void times() {
    tooEarly("No step was timed: call profile() before the runs", plan::stepTimes);
    tooEarly("No step was timed: call profile() before the runs", plan::profileLines);
  }

  @Test
  void threads() {
    plan.input("x", 0, 1, 2, 3);
    String refusal =
        "Another thread uses this plan: make one for each thread, or let the other release it";
    for (ThrowingCallable call :
        new ThrowingCallable[] {
          () -> plan.input("x", 0, 1, 2, 3),
          () -> plan.input("x", 1, bytes(new byte[3], 3), new float[256]),
          () -> plan.run(1),
          () -> plan.read(y, 0),
          () -> plan.number(mean),
          plan::release
        }) {
      tooEarly(refusal, () -> elsewhere(call));
    }
    plan.release();
    elsewhere(() -> run(3));
    assertThat(plan.read(y, 2)).as("its thread has ended").containsExactly(4, 2, 4);
  }

  private static void elsewhere(ThrowingCallable call) {
    Throwable[] thrown = new Throwable[1];
    Thread thread =
        new Thread(() -> {
          try {
            call.call();
          } catch (Throwable e) {
            thrown[0] = e;
          }
        });
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    if (thrown[0] instanceof RuntimeException e) {
      throw e;
    }
    assertThat(thrown[0]).isNull();
  }

  @Test
  void planning() {
    Value other = new Graph().input("x", Shape.of(3));
    refused(
        "A plan expects outputs or gradients to compute, but got none: name them to the planner",
        () -> planner().plan(KERNELS, workers));
    refused(
        other + " belongs to another graph than the one to plan",
        () -> planner().outputs(other).plan(KERNELS, workers));
    assertThatThrownBy(() -> planner().batchSize(0))
        .hasMessage("The batch size expects 1 or more, but got 0");
  }

  @Test
  void parametersOfAnotherNetwork() {
    refused(
        "The graph reads \"w\" of (3), but the parameters given for it have it as (4): they are"
            + " another network's",
        () -> planned(Parameters.zeros(Layout.of(Map.of("w", Shape.of(4))))));
    refused(
        "The graph reads \"w\" of (3), but the parameters given for it do not have it: they are"
            + " another network's",
        () -> planned(Parameters.zeros(Layout.of(Map.of("v", Shape.of(3))))));
    refused(
        "A layout of 16 numbers expects an array of that length, but got 3",
        () -> new Parameters(LAYOUT, new float[3]));
  }

  private void planned(Parameters numbers) {
    Planner.of(graph, numbers).outputs(y).plan(KERNELS, workers);
  }

  @Test
  void gradientsWithoutAPlace() {
    Parameters storage = Parameters.zeros(LAYOUT);
    refused(
        y + " belongs to another graph than the one to plan",
        () ->
            Planner.of(new Graph(), parameters)
                .gradients(Map.of("w", y), storage, 0)
                .plan(KERNELS, workers));
    refused(
        "The gradient of \"w\" differs from example to example, and has no place to be stored: sum it"
            + " over the batch",
        () -> planner().gradients(Map.of("w", y), storage, 0).plan(KERNELS, workers));
    refused(
        "The gradient of \"w\" is (), but its storage has it as (3): use the parameters'"
            + " layout",
        () -> planner().gradients(Map.of("w", mean), storage, 0).plan(KERNELS, workers));
    refused(
        "The gradient of \"v\" is (), but its storage does not have it: use the parameters'"
            + " layout",
        () -> planner().gradients(Map.of("v", mean), storage, 0).plan(KERNELS, workers));
    assertThatThrownBy(() -> planner().gradients(Map.of(), storage, 6))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void aRunNeedsASeed() {
    plan.input("x", 0, 1, 2, 3);
    assertThatThrownBy(() -> plan.run(1, 0, null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("seed");
    plan.run(1, 0, Seed.of(0));
  }
}
