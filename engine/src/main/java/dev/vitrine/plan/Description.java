package dev.vitrine.plan;

import dev.vitrine.plan.PlannedStep.Form;
import dev.vitrine.plan.PlannedStep.Place;
import dev.vitrine.plan.memory.Batch;
import dev.vitrine.plan.memory.Buffer;
import dev.vitrine.plan.memory.Step;
import dev.vitrine.random.Seed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tells a plan's steps, once its buffers have their places. */
final class Description {
  private final Map<Buffer, Integer> numbers = new HashMap<>();

  private Description() {}

  static List<PlannedStep> of(List<Step> steps, int forwardSteps, int batchSize) {
    Description description = new Description();
    Batch batch = new Batch();
    batch.set(0, batchSize, batchSize, 0, Seed.of(0));
    List<PlannedStep> told = new ArrayList<>();
    for (Step step : steps) {
      List<Place> reads = description.places(step.reads());
      List<Place> writes = description.places(step.writes());
      boolean inPlace =
          reads.stream()
              .anyMatch(x ->
                  writes.stream()
                      .anyMatch(y -> x.form() != Form.OUTSIDE && x.offset() == y.offset()));
      told.add(
          new PlannedStep(
              step.name(),
              told.size() >= forwardSteps,
              step.tasks().count(batch),
              reads,
              writes,
              inPlace,
              step.scratch()));
    }
    return told;
  }

  private List<Place> places(Collection<Buffer> buffers) {
    return buffers.stream().map(this::place).toList();
  }

  private Place place(Buffer buffer) {
    Buffer root = buffer.root();
    int number = numbers.computeIfAbsent(root, key -> numbers.size() + 1);
    return new Place(
        number, form(root), buffer.offset(), buffer.size, root.firstStep(), root.lastStep());
  }

  private static Form form(Buffer buffer) {
    if (buffer.isOutside()) {
      return Form.OUTSIDE;
    }
    if (buffer.byExample) {
      return Form.EXAMPLES;
    }
    return buffer.perExample() ? Form.LANES : Form.SHARED;
  }
}
