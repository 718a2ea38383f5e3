package dev.vitrine.weights.safetensors;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.format.FileErrors;
import dev.vitrine.format.Json;
import dev.vitrine.format.JsonObject;
import dev.vitrine.weights.stored.Stored;
import dev.vitrine.weights.stored.WeightReader;
import dev.vitrine.weights.stored.WeightSource;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tensors in several safetensors files beside an index, a JSON text that says which tensor stands
 * in which file.
 */
public final class ShardsReader implements WeightReader {
  private static final String INDEX = ".safetensors.index.json";
  private static final String MAP = "weight_map";

  /** Where the map must begin at the latest: only a few remarks stand before it. */
  private static final int HEAD = 1 << 16;

  private static final long LONGEST = 1L << 28;

  private final SafetensorsReader shards = new SafetensorsReader();

  /** The reader. */
  public ShardsReader() {}

  /**
   * {@return the index in a folder; a file is itself}
   *
   * @param file a file or folder
   * @throws UserException if a folder does not hold one index
   */
  public static Path indexOf(Path file) {
    if (!Files.isDirectory(file)) {
      return file;
    }
    List<Path> found = indices(file);
    if (found.size() == 1) {
      return found.getFirst();
    }
    throw new UserException(
        "%s is a folder with %s files that end with %s, but one was expected: name a file of weights"
            .formatted(Quote.place(file.toString()), found.size(), INDEX));
  }

  /**
   * {@return whether a path is a folder with an index, or an index itself}
   *
   * @param path of anything, or of nothing
   * @throws UserException if it cannot be read
   */
  public static boolean isIndexed(Path path) {
    if (Files.isRegularFile(path)) {
      return new ShardsReader().recognises(WeightSource.of(path));
    }
    return Files.isDirectory(path) && !indices(path).isEmpty();
  }

  private static List<Path> indices(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(it -> it.toString().endsWith(INDEX)).sorted().toList();
    } catch (IOException failure) {
      throw FileErrors.reading(folder, failure);
    }
  }

  @Override
  public String title() {
    return "safetensors in several files";
  }

  @Override
  public boolean recognises(WeightSource source) {
    String head = text(source, Math.min(HEAD, source.bytes().byteSize())).stripLeading();
    return head.startsWith("{") && head.contains('"' + MAP + '"');
  }

  private static String text(WeightSource source, long size) {
    return new String(
        source.bytes().asSlice(0, size).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
  }

  @Override
  public Stored.Group read(WeightSource source) {
    long size = source.bytes().byteSize();
    if (size > LONGEST) {
      throw source.refused("an index of %s bytes is too long".formatted(size));
    }
    JsonObject index = Json.parse(text(source, size), source.file().toString());
    Map<String, String> map = index.object(MAP).texts();
    Map<String, Stored.Group> read = new TreeMap<>();
    files(source, map).forEach((name, file) -> read.put(name, shard(source, name, file)));
    var members = new LinkedHashMap<String, Stored>();
    map.forEach((tensor, shard) -> {
      Stored there = read.get(shard).members().get(tensor);
      members.put(tensor, there == null ? missing(tensor, shard, read) : there);
    });
    read.forEach((shard, group) ->
        group.members().keySet().stream()
            .filter(name -> !name.equals(SafetensorsReader.NOTES))
            .filter(name -> !shard.equals(map.get(name)))
            .forEach(name -> {
              if (members.putIfAbsent(name, unlisted(shard)) instanceof Stored.Numbers) {
                members.put("%s in %s".formatted(name, shard), doubled(map.get(name)));
              }
            }));
    TotalSize.remark(index, read.values())
        .ifPresent(it -> members.putIfAbsent(TotalSize.PLACE, it));
    return new Stored.Group(members);
  }

  private static Stored missing(String tensor, String shard, Map<String, Stored.Group> read) {
    String elsewhere =
        read.entrySet().stream()
            .filter(other -> other.getValue().members().containsKey(tensor))
            .map(other -> ", but it stands in " + Quote.of(other.getKey()))
            .findFirst()
            .orElse("");
    return new Stored.Unread(
        "missing tensor", "the index promises it in %s%s".formatted(Quote.of(shard), elsewhere));
  }

  private static Stored doubled(String shard) {
    return new Stored.Unread(
        "second tensor of the name", "the index has that of %s".formatted(Quote.of(shard)));
  }

  private static Stored unlisted(String shard) {
    return new Stored.Unread(
        "unlisted tensor", "it stands in %s, but not in the index".formatted(Quote.of(shard)));
  }

  /** The files by the names that the index has for them; all are there. */
  private static Map<String, Path> files(WeightSource source, Map<String, String> map) {
    var files = new TreeMap<String, Path>();
    new TreeSet<>(map.values()).forEach(name -> files.put(name, beside(source, name)));
    List<String> missing =
        files.entrySet().stream()
            .filter(file -> !Files.isRegularFile(file.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    if (!missing.isEmpty()) {
      throw source.refused(
          "%s of its %s files %s missing: %s"
              .formatted(
                  missing.size(), files.size(), missing.size() == 1 ? "is" : "are", some(missing)));
    }
    return files;
  }

  private static String some(List<String> names) {
    int most = 3;
    String shown = names.stream().limit(most).map(Quote::of).collect(Collectors.joining(", "));
    return names.size() <= most ? shown : "%s, and %s more".formatted(shown, names.size() - most);
  }

  private static Path beside(WeightSource source, String name) {
    Path folder = source.file().toAbsolutePath().normalize().getParent();
    try {
      Path file = folder.resolve(name).normalize();
      if (!file.startsWith(folder) || file.equals(folder)) {
        throw outside(source, name);
      }
      return file;
    } catch (InvalidPathException e) {
      throw outside(source, name);
    }
  }

  private static UserException outside(WeightSource source, String name) {
    return source.refused(
        "its files must be in its own folder, but it names %s".formatted(Quote.of(name)));
  }

  private Stored.Group shard(WeightSource index, String name, Path file) {
    WeightSource source = WeightSource.of(file);
    if (!shards.recognises(source)) {
      throw index.refused("%s is no safetensors file".formatted(Quote.of(name)));
    }
    return shards.read(source);
  }
}
