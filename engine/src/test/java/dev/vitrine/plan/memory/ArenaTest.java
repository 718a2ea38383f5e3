package dev.vitrine.plan.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.random.RandomStream;
import dev.vitrine.random.Seed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Random lists of steps are run for their memory alone: every buffer must keep what was put there.
 */
class ArenaTest {
  private static final Seed SEED = Seed.of(4);

  /** A list of steps, what it must keep, and who writes in place of whom. */
  private record Program(List<Step> steps, List<Buffer> kept) {}

  @Test
  void whatIsReadIsWhatWasWritten() {
    int shared = 0;
    for (int round = 0; round < 400; round++) {
      Program program = random(SEED.stream("arena", round));
      float[] array = Arena.place(program.steps, program.kept).allocate();
      execute(program, array, "round " + round);
      shared += array.length < total(program) ? 1 : 0;
    }
    assertThat(shared).as("rounds in which memory was used twice").isGreaterThan(200);
  }

  private static Program random(RandomStream random) {
    List<Buffer> live = new ArrayList<>();
    List<Buffer> kept = new ArrayList<>();
    List<Step> steps = new ArrayList<>();
    int draw = 0;
    for (int i = random.below(draw++, 3); i >= 0; i--) {
      Buffer input = Buffer.lanes(1 + random.below(draw++, 5), 2);
      kept.add(input);
      live.add(input);
    }
    for (int s = 2 + random.below(draw++, 25); s > 0; s--) {
      Buffer a = live.get(random.below(draw++, live.size()));
      Buffer b = live.get(random.below(draw++, live.size()));
      int kind = random.below(draw++, 4);
      Buffer y =
          kind == 0
              ? Buffer.lanes(a.elements, 2)
              : kind == 1
                  ? Buffer.sharedLanes(1 + random.below(draw++, 9))
                  : kind == 2
                      ? Buffer.flat(1 + random.below(draw++, 40))
                      : Buffer.lanes(1 + random.below(draw++, 9), 2);
      Step step = new Step("s", List.of(a, b), List.of(y), batch -> 1, (t, batch, own) -> {});
      steps.add(random.below(draw++, 2) == 0 ? step.inPlace(a) : step);
      live.add(y);
    }
    kept.add(live.getLast());
    return new Program(steps, kept);
  }

  /** Marks each buffer with its writer and looks for the mark at each reader, and at the end. */
  private static void execute(Program program, float[] array, String context) {
    Map<Buffer, Float> marks = new HashMap<>();
    for (Buffer buffer : program.kept) {
      if (program.steps.stream().noneMatch(s -> s.writes().contains(buffer))) {
        write(buffer, marks.size() + 1, marks, array);
      }
    }
    for (Step step : program.steps) {
      step.reads().forEach(x -> read(x, marks, context));
      step.writes().forEach(y -> write(y, marks.size() + 1, marks, array));
    }
    program.kept.forEach(x -> read(x, marks, context));
  }

  private static void write(Buffer y, float mark, Map<Buffer, Float> marks, float[] array) {
    assertThat(y.data).isSameAs(array);
    assertThat(y.offset).isBetween(0, array.length - y.size);
    marks.put(y, mark);
    java.util.Arrays.fill(array, y.offset, y.offset + y.size, mark);
  }

  private static void read(Buffer x, Map<Buffer, Float> marks, String context) {
    float mark = marks.get(x);
    for (int i = x.offset; i < x.offset + x.size; i++) {
      assertThat(x.data[i]).as(context).isEqualTo(mark);
    }
  }

  private static long total(Program program) {
    return program.kept.stream().mapToLong(b -> b.size).sum()
        + program.steps.stream().mapToLong(s -> s.writes().getFirst().size).sum();
  }

  @Test
  void aChainInPlaceTakesOneBuffer() {
    Buffer x = Buffer.lanes(3, 1);
    Buffer y = Buffer.lanes(3, 1);
    Buffer z = Buffer.lanes(3, 1);
    Step first = step(x, y);
    Step second = step(y, z);
    Arena.place(List.of(step(x, x), first.inPlace(x), second.inPlace(y)), List.of()).allocate();
    assertThat(List.of(y.offset, z.offset)).containsOnly(x.offset);
  }

  private static Step step(Buffer from, Buffer to) {
    return new Step("s", List.of(from), List.of(to), batch -> 1, (t, batch, own) -> {});
  }

  @Test
  void dataFromOutsideStaysWhereItIs() {
    float[] outside = new float[64];
    Buffer x = Buffer.outside(outside, 16, 20);
    Buffer y = Buffer.flat(20);
    Arena.place(List.of(step(x, y).inPlace(x)), List.of()).allocate();
    assertThat(x.data).isSameAs(outside);
    assertThat(x.offset).isEqualTo(16);
    assertThat(y.data).isNotSameAs(outside);
  }
}
