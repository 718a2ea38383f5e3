package dev.vitrine.lab.store;

import dev.vitrine.lab.statistics.Sample;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs that were told the same but for one thing, as a rule their seeds.
 *
 * @param runs one for each value of it, in their order: of runs alike in all the newest
 * @param samples of each measured field what those that have it came to
 */
public record RunGroup(List<StoredRun> runs, Map<Field, Sample> samples) {
  /** What is measured, in the order of tables. */
  public static final List<Field> MEASURED =
      List.of(
          Field.TRAIN_LOSS,
          Field.TRAIN_ACCURACY,
          Field.VALIDATION_LOSS,
          Field.VALIDATION_ACCURACY,
          Field.BEST_VALIDATION_ACCURACY,
          Field.TEST_LOSS,
          Field.TEST_ACCURACY,
          Field.IMAGES_PER_SECOND,
          Field.SECONDS);

  /**
   * {@return the groups of runs}
   *
   * @param over what may differ in a group
   * @param runs any; damaged ones are in no group
   */
  public static List<RunGroup> over(Values over, Collection<StoredRun> runs) {
    Map<Map<String, String>, Map<Object, StoredRun>> groups = new LinkedHashMap<>();
    for (StoredRun run : runs) {
      if (run.state() == RunState.DAMAGED) {
        continue;
      }
      Map<String, String> alike = new LinkedHashMap<>(run.settings());
      alike.remove(over.key());
      alike.put("study", run.text(Field.STUDY));
      groups.computeIfAbsent(alike, _ -> new LinkedHashMap<>()).put(over.of(run).orElse(""), run);
    }
    return groups.values().stream().map(group -> of(List.copyOf(group.values()))).toList();
  }

  /** A training that is not at its end has no figures that could be averaged with others'. */
  private static RunGroup of(List<StoredRun> runs) {
    Map<Field, Sample> samples = new EnumMap<>(Field.class);
    for (Field field : MEASURED) {
      List<Double> values = new ArrayList<>();
      for (StoredRun run : runs) {
        Optional<Double> value = run.number(field);
        if (run.state() == RunState.FINISHED && value.isPresent()) {
          values.add(value.get());
        }
      }
      if (!values.isEmpty()) {
        samples.put(field, new Sample(values));
      }
    }
    return new RunGroup(runs, samples);
  }

  /**
   * {@return how many of the runs stand so}
   *
   * @param state any
   */
  public long count(RunState state) {
    return runs.stream().filter(run -> run.state() == state).count();
  }
}
