package dev.vitrine.weights.pytorch;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.vitrine.error.Quote;
import dev.vitrine.format.DType;
import dev.vitrine.weights.numpy.NumpyNames;
import dev.vitrine.weights.pickle.Global;
import dev.vitrine.weights.pickle.PickleBytes;
import dev.vitrine.weights.pickle.Sequence;
import dev.vitrine.weights.pickle.Tree;
import dev.vitrine.weights.pickle.Unpickler;
import dev.vitrine.weights.stored.Stored;
import dev.vitrine.weights.stored.WeightReader;
import dev.vitrine.weights.stored.WeightSource;
import dev.vitrine.weights.zip.ZipArchive;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * PyTorch's zip archive (since 1.6) and TorchScript's, which is alike: a pickle, and an entry of
 * raw numbers for each storage, in a folder of any name.
 */
public final class PyTorchZipReader implements WeightReader {
  private static final String PICKLE = "data.pkl";
  private static final String CONSTANTS = "constants.pkl";
  private static final int LONGEST_ORDER = 20;

  /** Where a storage's id says how many numbers it has. */
  private static final int NUMBERS = 4;

  /** The reader. */
  public PyTorchZipReader() {}

  @Override
  public String title() {
    return "PyTorch";
  }

  @Override
  public boolean recognises(WeightSource source) {
    return ZipArchive.recognises(source) && ZipArchive.hasEntry(source, PICKLE, "model.json");
  }

  @Override
  public Stored.Group read(WeightSource source) {
    var archive = new ZipArchive(source);
    String folder =
        folder(archive)
            .orElseThrow(() ->
                source.refused(
                    "TorchScript's first format, of PyTorch 1.0 to 1.3, is not read: load and save it with a"
                        + " newer PyTorch"));
    ByteOrder order = order(source, archive, folder);
    Stored.Group root = read(source, archive, folder + PICKLE, folder + "data/", order);
    if (!archive.entries().containsKey(folder + CONSTANTS)) {
      return root;
    }
    Stored.Group constants =
        read(source, archive, folder + CONSTANTS, folder + "constants/", order);
    Map<String, Stored> all = new LinkedHashMap<>(root.members());
    if (!constants.members().isEmpty()) {
      all.putIfAbsent("constants", constants);
    }
    return Stored.Group.of(all);
  }

  /** What stands before {@code data.pkl}, where it stands highest. */
  private static Optional<String> folder(ZipArchive archive) {
    return archive.entries().keySet().stream()
        .filter(name -> name.equals(PICKLE) || name.endsWith("/" + PICKLE))
        .map(name -> name.substring(0, name.length() - PICKLE.length()))
        .min(Comparator.comparingInt(String::length));
  }

  private static ByteOrder order(WeightSource source, ZipArchive archive, String folder) {
    String entry = folder + "byteorder";
    if (!archive.entries().containsKey(entry)) {
      return ByteOrder.LITTLE_ENDIAN;
    }
    MemorySegment content = archive.content(entry);
    byte[] start =
        content.asSlice(0, Math.min(LONGEST_ORDER, content.byteSize())).toArray(JAVA_BYTE);
    String order = new String(start, StandardCharsets.ISO_8859_1).strip();
    return switch (order) {
      case "little" -> ByteOrder.LITTLE_ENDIAN;
      case "big" -> ByteOrder.BIG_ENDIAN;
      default ->
          throw source.refused(
              "its %s is %s: expected little or big".formatted(Quote.of(entry), Quote.of(order)));
    };
  }

  /** A storage's bytes, which must be as many as the pickle says. */
  private static MemorySegment checked(
      MemorySegment bytes, Global type, String entry, Sequence id, Tree tree) {
    int each = TorchTypes.ofClass(type).map(DType::bytes).orElse(0);
    if (each > 0 && id.item(NUMBERS) instanceof Long said && bytes.byteSize() / each != said) {
      throw tree.refused(
          "its storage %s has %s bytes, but the pickle says %s numbers of %s: the file is damaged"
              .formatted(Quote.of(entry), bytes.byteSize(), said, Quote.of(type.name())));
    }
    return bytes;
  }

  private static Stored.Group read(
      WeightSource source, ZipArchive archive, String pickle, String folder, ByteOrder order) {
    Map<String, MemorySegment> contents = new LinkedHashMap<>();
    TorchStorages storages =
        (type, key, id, tree) -> {
          MemorySegment bytes = contents.computeIfAbsent(folder + key, archive::content);
          return new TorchStorage(type, checked(bytes, type, folder + key, id, tree), order);
        };
    Object value =
        Unpickler.read(
            new PickleBytes(source, pickle, archive.content(pickle)), TorchStorages::reference);
    var tree = new Tree(source, List.of(new TorchNames(storages), new NumpyNames()));
    return value instanceof Sequence tuple && tuple.size() == 0
        ? Stored.Group.of(Map.of())
        : tree.root(value, "0");
  }
}
