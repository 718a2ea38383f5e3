package dev.vitrine.format;

import dev.vitrine.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collections;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where what is written to a path goes: links are followed to their end.
 *
 * @param named the path as it was given, for messages
 * @param file the place at the end of all links, which need not exist
 * @param special whether that is no regular file but a device, a FIFO or an open descriptor: it is
 *     written into, for nothing may take its place
 */
record Destination(Path named, Path file, boolean special) {
  private static final int MOST_LINKS = 40;

  /** What links lead to that stand for open descriptors, which no path may replace. */
  private static final Pattern DESCRIPTORS =
      Pattern.compile("/dev/fd|/proc/(self|thread-self|\\d+)(/task/\\d+)?/fd");

  private static final Set<PosixFilePermission> WRITE =
      Set.of(
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_WRITE);

  /**
   * Finds it.
   *
   * @throws UserException if links lead in a circle
   * @throws IOException if they cannot be read
   */
  static Destination of(Path named) throws IOException {
    Path file = named;
    for (int links = 0; Files.isSymbolicLink(file) && !isDescriptor(file); links++) {
      if (links == MOST_LINKS) {
        throw new UserException("Cannot write %s: its links lead in a circle".formatted(named));
      }
      file = file.resolveSibling(Files.readSymbolicLink(file));
    }
    boolean other = Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file);
    return new Destination(named, file, other || isDescriptor(file));
  }

  private static boolean isDescriptor(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return folder != null && DESCRIPTORS.matcher(folder.toString()).matches();
  }

  /** The number of the open descriptor of this process that it leads to. */
  OptionalInt descriptorHere() {
    if (!isDescriptor(file) || !file.getFileName().toString().matches("\\d{1,9}")) {
      return OptionalInt.empty();
    }
    String folder = file.toAbsolutePath().getParent().toString();
    boolean here =
        folder.matches("/dev/fd|/proc/(self|thread-self)/.*")
            || folder.startsWith("/proc/%s/".formatted(ProcessHandle.current().pid()));
    return here
        ? OptionalInt.of(Integer.parseInt(file.getFileName().toString()))
        : OptionalInt.empty();
  }

  /** The folder that the file is in. */
  Path folder() {
    return file.toAbsolutePath().getParent();
  }

  /** Whether it leads to an open descriptor, where others may write too. */
  boolean descriptor() {
    return isDescriptor(file);
  }

  /**
   * Checks what can be known without writing.
   *
   * @throws UserException if there is no such folder, or what is there cannot be written
   */
  void requirePlace() throws IOException {
    if (Files.isDirectory(file)) {
      throw refusal("it is a folder, not a file");
    }
    if (special) {
      if (!Files.exists(file)) {
        throw refusal("it stands for a descriptor that is not open");
      }
      if (!Files.isWritable(file)) {
        throw refusal("access to it is denied");
      }
      if (descriptor() && isOpenToReadAlone()) {
        throw refusal("it stands for a descriptor that is open for reading alone");
      }
      return;
    }
    Path folder = folder();
    if (folder == null || !Files.isDirectory(folder)) {
      throw refusal(
          folder != null && Files.exists(folder)
              ? "%s is a file, not a folder".formatted(folder)
              : file.equals(named)
                  ? "its folder does not exist"
                  : "it is a link to %s, whose folder does not exist".formatted(file));
    }
    if (isReadOnly()) {
      throw refusal("it is read-only");
    }
  }

  /** Whoever opens {@code /proc/self/fd/5} anew may write what descriptor 5 may only read. */
  private boolean isOpenToReadAlone() throws IOException {
    Path folder = Path.of(folder().toString().replaceFirst("^/dev/fd$", "/proc/self/fd") + "info");
    Path facts = folder.resolve(file.getFileName());
    if (!Files.isReadable(facts)) {
      return false; // only Linux has these
    }
    return Files.readString(facts).lines().anyMatch(line -> line.matches("flags:\\s*\\d*[04]"));
  }

  private UserException refusal(String reason) {
    return new UserException("Cannot write %s: %s".formatted(named, reason));
  }

  /** Root may write anything, but whoever took all permission away meant it. */
  private boolean isReadOnly() throws IOException {
    if (!Files.exists(file)) {
      return false;
    }
    PosixFileAttributeView posix = posix(file);
    return !Files.isWritable(file)
        || (posix != null && Collections.disjoint(posix.readAttributes().permissions(), WRITE));
  }

  /** Gives a file that is to take the place of this one its owner, group and permissions. */
  void lendTo(Path replacement) throws IOException {
    PosixFileAttributeView posix = posix(replacement);
    if (posix == null || !Files.exists(file)) {
      return;
    }
    PosixFileAttributes old = posix(file).readAttributes();
    PosixFileAttributes own = posix.readAttributes();
    try {
      if (!own.owner().equals(old.owner())) {
        posix.setOwner(old.owner());
      }
      if (!own.group().equals(old.group())) {
        posix.setGroup(old.group());
      }
    } catch (IOException notAllowed) {
      return; // only root may give files away: whoever replaces it owns it, with usual permissions
    }
    posix.setPermissions(old.permissions());
  }

  private static PosixFileAttributeView posix(Path path) {
    return Files.getFileAttributeView(path, PosixFileAttributeView.class);
  }
}
