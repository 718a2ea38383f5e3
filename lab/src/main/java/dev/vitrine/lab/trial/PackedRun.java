package dev.vitrine.lab.trial;

import dev.vitrine.format.FileErrors;
import dev.vitrine.format.Folders;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A run folder as bytes: how many files, and of each its path, its length and itself. */
final class PackedRun {
  private PackedRun() {}

  /**
   * A folder's files; nothing if it does not exist.
   *
   * @throws dev.vitrine.error.UserException if it cannot be read
   */
  static byte[] of(Path folder) {
    if (!Files.isDirectory(folder)) {
      return new byte[0];
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Stream<Path> all = Files.walk(folder);
        DataOutputStream out = new DataOutputStream(bytes)) {
      // What begins with a dot belongs to the process that trains.
      List<Path> files =
          all.filter(Files::isRegularFile)
              .filter(file -> !file.getFileName().toString().startsWith("."))
              .sorted()
              .toList();
      out.writeInt(files.size());
      for (Path file : files) {
        out.writeUTF(folder.relativize(file).toString().replace('\\', '/'));
        byte[] content = Files.readAllBytes(file);
        out.writeInt(content.length);
        out.write(content);
      }
      return bytes.toByteArray();
    } catch (IOException failure) {
      throw FileErrors.reading(folder, failure);
    }
  }

  /**
   * Puts such files into a folder, in place of what is there; under another name at first, so that
   * it is whole or as it was.
   *
   * @throws dev.vitrine.error.UserException if it cannot be written
   */
  static void unpack(byte[] packed, Path folder) {
    if (packed.length == 0) {
      return;
    }
    Path whole = folder.toAbsolutePath().normalize();
    String unique =
        String.format(Locale.ROOT, "%d-%x", ProcessHandle.current().pid(), System.nanoTime());
    Path draft = whole.resolveSibling(".%s.%s.tmp".formatted(whole.getFileName(), unique));
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(packed))) {
      int files = in.readInt();
      for (int f = 0; f < files; f++) {
        Path file = draft.resolve(in.readUTF()).normalize();
        if (!file.startsWith(draft)) {
          throw new IOException("%s is no file of the run's".formatted(file));
        }
        Files.createDirectories(file.getParent());
        Files.write(file, in.readNBytes(in.readInt()));
      }
      Folders.delete(whole);
      Files.move(draft, whole, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failure) {
      throw FileErrors.writing(folder, failure);
    }
  }
}
