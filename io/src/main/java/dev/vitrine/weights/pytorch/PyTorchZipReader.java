package dev.vitrine.weights.pytorch;

import dev.vitrine.weights.numpy.NumpyNames;
import dev.vitrine.weights.pickle.PickleBytes;
import dev.vitrine.weights.pickle.Sequence;
import dev.vitrine.weights.pickle.Tree;
import dev.vitrine.weights.pickle.Unpickler;
import dev.vitrine.weights.stored.Stored;
import dev.vitrine.weights.stored.WeightReader;
import dev.vitrine.weights.stored.WeightSource;
import dev.vitrine.weights.zip.ZipArchive;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
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
    ByteOrder order = order(archive, folder);
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

  private static ByteOrder order(ZipArchive archive, String folder) {
    String entry = folder + "byteorder";
    if (!archive.entries().containsKey(entry)) {
      return ByteOrder.LITTLE_ENDIAN;
    }
    MemorySegment content = archive.content(entry);
    byte[] start =
        content.asSlice(0, Math.min(3, content.byteSize())).toArray(ValueLayout.JAVA_BYTE);
    return new String(start, StandardCharsets.ISO_8859_1).equals("big")
        ? ByteOrder.BIG_ENDIAN
        : ByteOrder.LITTLE_ENDIAN;
  }

  private static Stored.Group read(
      WeightSource source, ZipArchive archive, String pickle, String folder, ByteOrder order) {
    Map<String, MemorySegment> contents = new LinkedHashMap<>();
    TorchStorages storages =
        (type, key, id, tree) ->
            new TorchStorage(type, contents.computeIfAbsent(folder + key, archive::content), order);
    Object value =
        Unpickler.read(
            new PickleBytes(source, pickle, archive.content(pickle)), TorchStorages::reference);
    var tree = new Tree(source, List.of(new TorchNames(storages), new NumpyNames()));
    return value instanceof Sequence tuple && tuple.size() == 0
        ? Stored.Group.of(Map.of())
        : tree.root(value, "0");
  }
}
