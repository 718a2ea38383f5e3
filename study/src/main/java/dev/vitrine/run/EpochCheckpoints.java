package dev.vitrine.run;

import dev.vitrine.format.FileErrors;
import dev.vitrine.train.TrainingState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A network's numbers after single epochs, in files such as {@code epoch-0003.safetensors} beside
 * the newest checkpoint. They can be evaluated, but not gone on from: the optimiser's memory is not
 * in them.
 */
final class EpochCheckpoints {
  private static final Pattern NAME = Pattern.compile("epoch-(\\d{4,9})\\.safetensors");

  private EpochCheckpoints() {}

  /** Those that are there, by their epochs. */
  static SortedMap<Integer, Path> in(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      SortedMap<Integer, Path> found = new TreeMap<>();
      files.forEach(file -> epoch(file).ifPresent(epoch -> found.put(epoch, file)));
      return found;
    } catch (IOException failure) {
      throw FileErrors.reading(folder, failure);
    }
  }

  private static Optional<Integer> epoch(Path file) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    return name.matches() ? Optional.of(Integer.valueOf(name.group(1))) : Optional.empty();
  }

  /** Writes one, and deletes those that are no more to be kept, {@code most} with it. */
  static void keep(
      Path folder, int epoch, int most, TrainingState state, Map<String, String> notes) {
    Path file = folder.resolve(String.format(Locale.ROOT, "epoch-%04d.safetensors", epoch));
    TrainingState bare =
        new TrainingState(
            state.parameters(), Map.of(), state.progress(), List.of(), Optional.empty());
    Checkpoint.write(file, bare, notes);
    in(folder).headMap(epoch - most + 1).values().forEach(EpochCheckpoints::delete);
  }

  /** Deletes all. */
  static void deleteAll(Path folder) {
    in(folder).values().forEach(EpochCheckpoints::delete);
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException failure) {
      throw FileErrors.writing(file, failure);
    }
  }
}
