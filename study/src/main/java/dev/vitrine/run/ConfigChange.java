package dev.vitrine.run;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.format.Json;
import dev.vitrine.format.JsonObject;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** What somebody changed in a run's configuration after the training began. */
final class ConfigChange {
  private ConfigChange() {}

  /**
   * Refuses a configuration that differs from the one that the training began with. The command
   * says nothing of the numbers, and data may have moved to another folder: these may differ. A
   * published data set's name is no place, but says what the network knows.
   *
   * @param file where the configuration stands, for the sentence
   * @param began what a checkpoint says
   * @throws UserException if it differs; the sentence has the first value that does
   */
  static void refuse(Path file, RunConfig now, RunConfig began) {
    boolean published =
        RunMeaning.isPublished(now.data().name()) && RunMeaning.isPublished(began.data().name());
    String name = published ? began.data().name() : now.data().name();
    RunConfig sameData = began.with(began.data().movedTo(name, now.data().folder()));
    change("", json(now), json(sameData))
        .ifPresent(change -> {
          throw new UserException(
              "%s was changed after the training began: %s; put it back, or start a new run"
                  .formatted(file, change));
        });
  }

  /** As it is read again, so that equal numbers are of equal types. */
  private static JsonObject json(RunConfig config) {
    return Json.parse(Json.line(config.portable().toJson()), "");
  }

  private static Optional<String> change(String where, Object now, Object began) {
    if (now instanceof JsonObject a && began instanceof JsonObject b) {
      return changedField(where.isEmpty() ? "" : where + ".", a.fields(), b.fields());
    }
    if (now instanceof List<?> a && began instanceof List<?> b && a.size() == b.size()) {
      return IntStream.range(0, a.size())
          .mapToObj(i -> change("%s[%s]".formatted(where, i), a.get(i), b.get(i)))
          .flatMap(Optional::stream)
          .findFirst();
    }
    return Objects.equals(now, began)
        ? Optional.empty()
        : Optional.of(
            "%s is %s, but was %s"
                .formatted(where, JsonObject.shown(now), JsonObject.shown(began)));
  }

  private static Optional<String> changedField(
      String prefix, Map<String, Object> now, Map<String, Object> began) {
    Set<String> keys = new LinkedHashSet<>(began.keySet());
    keys.addAll(now.keySet());
    return keys.stream()
        .map(key -> change(prefix + shown(key), now.get(key), began.get(key)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** Keys that are no words, such as {@code "conv1.weight"}, in quotes. */
  private static String shown(String key) {
    return key.matches("\\w{1,40}") ? key : Quote.of(key);
  }
}
