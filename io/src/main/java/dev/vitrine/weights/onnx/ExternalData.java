package dev.vitrine.weights.onnx;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.weights.stored.WeightSource;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** Files beside a model that hold its tensors: only those in its own folder. */
final class ExternalData {
  private static final long CHUNK = 1 << 24;

  private final WeightSource source;
  private final Map<String, MemorySegment> files = new HashMap<>();
  private final Map<String, String> checksums = new HashMap<>();

  ExternalData(WeightSource source) {
    this.source = source;
  }

  /** The bytes of a tensor, by what it says of where they are. */
  MemorySegment bytes(Map<String, String> entries) {
    String location = entries.getOrDefault("location", "");
    MemorySegment file = files.get(location);
    if (file == null) {
      file = WeightSource.of(inside(location)).bytes();
      files.put(location, file);
    }
    requireChecksum(location, file, entries.getOrDefault("checksum", ""));
    long offset = number(entries, "offset", 0);
    long most = file.byteSize() - Math.min(offset, file.byteSize());
    long length = number(entries, "length", most);
    if (offset > file.byteSize() || length > most) {
      throw new UserException(
          "its %s bytes from byte %s on are not in %s, which has %s"
              .formatted(length, offset, Quote.of(location), file.byteSize()));
    }
    return file.asSlice(offset, length);
  }

  /** ONNX's checksum is the SHA-1 of the whole file; most programs write none. */
  private void requireChecksum(String location, MemorySegment file, String said) {
    if (said.isEmpty()) {
      return;
    }
    String found = checksums.computeIfAbsent(location, _ -> sha1(file));
    if (!found.equalsIgnoreCase(said.strip())) {
      throw new UserException(
          "its checksum of %s is %s, but the file has %s: it is damaged, or another model's"
              .formatted(Quote.of(location), Quote.of(said), found));
    }
  }

  private static String sha1(MemorySegment file) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      for (long at = 0; at < file.byteSize(); at += CHUNK) {
        digest.update(file.asSlice(at, Math.min(CHUNK, file.byteSize() - at)).asByteBuffer());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }

  private static long number(Map<String, String> entries, String key, long otherwise) {
    String text = entries.getOrDefault(key, "");
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      long number = Long.parseLong(text);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new UserException("its %s is %s, no number".formatted(key, Quote.of(text)), e);
    }
    throw new UserException("its %s is %s, below 0".formatted(key, Quote.of(text)));
  }

  private Path inside(String location) {
    try {
      Path folder = source.file().toAbsolutePath().getParent();
      Path named = Path.of(location);
      Path file = folder.resolve(named).normalize();
      if (location.isEmpty() || named.isAbsolute() || !file.startsWith(folder.normalize())) {
        throw outside(location);
      }
      if (!Files.exists(file)) {
        throw new UserException(
            "its numbers are in %s, which is missing: put it beside the model"
                .formatted(Quote.of(location)));
      }
      if (Files.isDirectory(file)) {
        throw new UserException(
            "its numbers are said to be in %s, which is a folder".formatted(Quote.of(location)));
      }
      if (!file.toRealPath().startsWith(folder.toRealPath())) {
        throw outside(location);
      }
      return file;
    } catch (InvalidPathException | IOException e) {
      throw new UserException(
          "its numbers are in %s, which cannot be read".formatted(Quote.of(location)), e);
    }
  }

  private static UserException outside(String location) {
    return new UserException(
        "its numbers are said to be in %s: only files in the model's own folder are read"
            .formatted(Quote.of(location)));
  }
}
