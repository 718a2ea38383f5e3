package dev.vitrine.cluster;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.format.Folders;
import dev.vitrine.format.Json;
import dev.vitrine.run.RunConfig;
import dev.vitrine.run.RunCopy;
import dev.vitrine.run.RunFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * A run's folder on any file system of Hadoop's: {@code hdfs://}, {@code s3a://}, {@code file:///}
 * … A file takes its place when it is whole, and the newest checkpoint after all else, so that the
 * copy is never one that cannot be gone on with.
 */
public final class HadoopRun implements RunCopy {
  private static final String CONFIG = "config.json";
  private static final String CHECKPOINTS = "checkpoints";
  private static final String NEWEST = CHECKPOINTS + "/last.safetensors";

  private final String place;
  private final Consumer<String> notes;
  private final FileContext files;
  private final Path root;

  /** When the files that are there were last changed here. */
  private final Map<String, FileTime> taken = new HashMap<>();

  private boolean ours;

  private HadoopRun(String place, Configuration configuration, Consumer<String> notes)
      throws IOException {
    this.place = place;
    this.notes = notes;
    root = new Path(place);
    files = FileContext.getFileContext(root.toUri(), configuration);
    // A user may have no home there, which Hadoop would look for.
    files.setWorkingDirectory(new Path(Path.SEPARATOR));
  }

  /**
   * {@return the run at a place, where there may be none yet}
   *
   * @param place such as {@code hdfs://head:9000/runs/digits}
   * @param configuration Hadoop's, as a Spark context has it
   * @param notes hears when it could not be brought up to date
   * @throws UserException if no file system is known by that name
   */
  public static HadoopRun at(String place, Configuration configuration, Consumer<String> notes) {
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(configuration, "configuration");
    Objects.requireNonNull(notes, "notes");
    try {
      return new HadoopRun(place, configuration, notes);
    } catch (IOException | IllegalArgumentException e) {
      throw new UserException(
          "Hadoop knows no file system for %s: %s".formatted(Quote.of(place), reason(e)), e);
    }
  }

  private static String reason(Exception e) {
    Throwable last = e;
    while (last.getCause() != null) {
      last = last.getCause();
    }
    return String.valueOf(last.getMessage()).lines().findFirst().orElse(last.toString());
  }

  @Override
  public void take(RunFolder folder) {
    try {
      if (!ours) {
        requireOurs(folder);
      }
      Set<String> names = send(folder.path());
      dropOthers(names);
      ours = true;
    } catch (IOException | RuntimeException e) {
      if (!ours) {
        throw e instanceof UserException said
            ? said
            : new UserException(
                "The run cannot be copied to %s: %s".formatted(place, reason(e)), e);
      }
      notes.accept(
          "the run could not be copied to %s (%s); the next checkpoint tries again"
              .formatted(place, reason(e)));
    }
  }

  private void requireOurs(RunFolder folder) throws IOException {
    Path config = new Path(root, CONFIG);
    if (!files.util().exists(config)) {
      return;
    }
    try (InputStream in = files.open(config)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      RunConfig there = RunConfig.of(Json.parse(text, config.toString()));
      if (!there.meaning().equals(folder.config().meaning())) {
        throw new UserException(
            "%s has another run already: choose a place that is free".formatted(place));
      }
    }
  }

  /** Sends what has changed, the newest checkpoint last; the names of all that there is. */
  private Set<String> send(java.nio.file.Path folder) throws IOException {
    List<String> names;
    try (Stream<java.nio.file.Path> all = Files.walk(folder)) {
      names =
          all.filter(Files::isRegularFile)
              .map(file -> folder.relativize(file).toString().replace('\\', '/'))
              .filter(name -> !name.equals(NEWEST) && !hidden(name))
              .sorted()
              .toList();
    }
    for (String name : names) {
      send(folder.resolve(name), name);
    }
    send(folder.resolve(NEWEST), NEWEST);
    Set<String> sent = new HashSet<>(names);
    sent.add(NEWEST);
    return sent;
  }

  /** Such as the lock of who trains, and files that are being written. */
  private static boolean hidden(String name) {
    return name.startsWith(".") || name.contains("/.");
  }

  private void send(java.nio.file.Path file, String name) throws IOException {
    FileTime changed = Files.getLastModifiedTime(file);
    if (changed.equals(taken.get(name))) {
      return;
    }
    Path target = new Path(root, name);
    Path draft = new Path(target.getParent(), "." + target.getName() + ".tmp");
    EnumSet<CreateFlag> anew = EnumSet.of(CreateFlag.CREATE, CreateFlag.OVERWRITE);
    try (OutputStream out = files.create(draft, anew, Options.CreateOpts.createParent())) {
      Files.copy(file, out);
    }
    files.rename(draft, target, Options.Rename.OVERWRITE);
    taken.put(name, changed);
  }

  /** Of the checkpoints of epochs the newest alone may be kept. */
  private void dropOthers(Set<String> names) throws IOException {
    RemoteIterator<LocatedFileStatus> all =
        files.util().listFiles(new Path(root, CHECKPOINTS), false);
    while (all.hasNext()) {
      Path file = all.next().getPath();
      String name = CHECKPOINTS + "/" + file.getName();
      if (!names.contains(name)) {
        files.delete(file, false);
        taken.remove(name);
      }
    }
  }

  @Override
  public RunFolder fetch(java.nio.file.Path folder) {
    RunFolder.requireNew(folder);
    java.nio.file.Path draft =
        folder.toAbsolutePath().resolveSibling("." + folder.getFileName() + ".fetched");
    try {
      if (!files.util().exists(new Path(root, NEWEST))) {
        throw new UserException("There is no run at %s: it has no %s".formatted(place, NEWEST));
      }
      Folders.delete(draft);
      receive(draft);
      Files.move(draft, folder.toAbsolutePath(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UserException("The run at %s cannot be fetched: %s".formatted(place, reason(e)), e);
    }
    return RunFolder.open(folder);
  }

  private void receive(java.nio.file.Path into) throws IOException {
    String base = files.makeQualified(root).toUri().getPath();
    RemoteIterator<LocatedFileStatus> all = files.util().listFiles(root, true);
    while (all.hasNext()) {
      Path file = all.next().getPath();
      String name = file.toUri().getPath().substring(base.length()).replaceFirst("^/+", "");
      if (hidden(name)) {
        continue;
      }
      java.nio.file.Path target = into.resolve(name);
      Files.createDirectories(target.getParent());
      try (InputStream in = files.open(file)) {
        Files.copy(in, target);
      }
    }
  }
}
