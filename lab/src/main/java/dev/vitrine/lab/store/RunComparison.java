package dev.vitrine.lab.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Runs side by side.
 *
 * @param runs two or more
 * @param differences of each setting in which they differ, what each run has; empty where it has
 *     none
 * @param results of each field that is measured, what each run came to
 */
public record RunComparison(
    List<StoredRun> runs,
    Map<String, List<String>> differences,
    Map<Field, List<Optional<Object>>> results) {
  private static final List<Field> RESULTS =
      List.of(
          Field.STATE,
          Field.EPOCHS_DONE,
          Field.STEP,
          Field.TRAIN_LOSS,
          Field.TRAIN_ACCURACY,
          Field.VALIDATION_LOSS,
          Field.VALIDATION_ACCURACY,
          Field.BEST_VALIDATION_ACCURACY,
          Field.BEST_EPOCH,
          Field.TEST_LOSS,
          Field.TEST_ACCURACY,
          Field.IMAGES_PER_SECOND,
          Field.SECONDS,
          Field.HASH);

  /**
   * {@return a comparison}
   *
   * @param runs two or more
   */
  public static RunComparison of(List<StoredRun> runs) {
    Set<String> names = new LinkedHashSet<>();
    runs.forEach(run -> names.addAll(run.settings().keySet()));
    Map<String, List<String>> differences = new LinkedHashMap<>();
    for (String name : names) {
      List<String> values =
          runs.stream().map(run -> run.settings().getOrDefault(name, "")).toList();
      if (values.stream().distinct().count() > 1) {
        differences.put(name, values);
      }
    }
    Map<Field, List<Optional<Object>>> results = new LinkedHashMap<>();
    for (Field field : RESULTS) {
      List<Optional<Object>> values =
          runs.stream().map(run -> Optional.ofNullable(run.values().get(field))).toList();
      if (values.stream().anyMatch(Optional::isPresent)) {
        results.put(field, values);
      }
    }
    return new RunComparison(List.copyOf(runs), differences, results);
  }

  /** {@return the runs whose parameters are the same to the bit, each set of two or more} */
  public List<List<StoredRun>> identical() {
    Map<String, List<StoredRun>> byHash = new LinkedHashMap<>();
    for (StoredRun run : runs) {
      String hash = run.text(Field.HASH);
      if (!hash.isEmpty()) {
        byHash.computeIfAbsent(hash, _ -> new ArrayList<>()).add(run);
      }
    }
    return byHash.values().stream().filter(same -> same.size() > 1).toList();
  }

  /** {@return what follows from the hashes and the settings, a sentence each} */
  public List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    for (List<StoredRun> same : identical()) {
      sentences.add(
          "%s are identical, bit for bit: parameters %s"
              .formatted(names(same), same.getFirst().text(Field.HASH).substring(0, 16)));
    }
    if (differences.isEmpty()) {
      sentences.add("Their settings are the same");
      boolean ended = runs.stream().allMatch(run -> run.state() == RunState.FINISHED);
      if (ended && identical().stream().noneMatch(same -> same.size() == runs.size())) {
        sentences.add(
            "Yet their parameters differ: their data do, or one is of another version of Vitrine");
      }
    }
    return sentences;
  }

  private static String names(List<StoredRun> runs) {
    return runs.stream().map(StoredRun::id).collect(Collectors.joining(" and "));
  }
}
