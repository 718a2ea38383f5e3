package dev.vitrine.lab.store;

import dev.vitrine.error.UserException;
import dev.vitrine.format.FileErrors;
import dev.vitrine.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where runs go that are deleted: a folder {@code .bin} beside them. What is in it is no run any
 * more, until it is restored or somebody removes the folder.
 */
public final class Bin {
  /** The folder's name. */
  public static final String NAME = ".bin";

  private Bin() {}

  /**
   * Puts a run into the bin beside it.
   *
   * @param run not a trial, which its study's report needs
   * @return where it is now
   * @throws UserException if it is a trial, somebody trains it now, or it cannot be moved
   */
  public static Path put(StoredRun run) {
    requireDeletable(run);
    Path folder = run.folder().toAbsolutePath().normalize();
    Path bin = folder.resolveSibling(NAME);
    try {
      Files.createDirectories(bin);
    } catch (IOException failure) {
      throw FileErrors.writing(bin, failure);
    }
    Path target = free(bin.resolve(folder.getFileName()));
    new RunFolder(folder).move(target);
    return target;
  }

  /**
   * Checks that a run is nobody's but its own.
   *
   * @param run any
   * @throws UserException if it is a trial
   */
  public static void requireDeletable(StoredRun run) {
    if (!run.text(Field.STUDY).isEmpty()) {
      throw new UserException(
          "%s is a trial of the study %s, whose report needs it: delete the study's whole folder, or leave it"
              .formatted(run.id(), run.text(Field.STUDY)));
    }
  }

  /** A run of that name may be in the bin already. */
  private static Path free(Path wanted) {
    Path path = wanted;
    for (int number = 2; Files.exists(path); number++) {
      path = wanted.resolveSibling("%s~%s".formatted(wanted.getFileName(), number));
    }
    return path;
  }

  /**
   * Brings a run back from a bin.
   *
   * @param typed the name of its folder in the bin, or a path to it
   * @param folders in which runs are looked for
   * @return where it is now
   * @throws UserException if no bin has it, or its place has been taken
   */
  public static Path restore(String typed, List<Path> folders) {
    List<String> names = new ArrayList<>();
    for (Path bin : bins(folders)) {
      for (Path each : content(bin)) {
        names.add(each.getFileName().toString());
        if (each.getFileName().toString().equals(typed) || isSame(each, Path.of(typed))) {
          return back(each, bin);
        }
      }
    }
    if (names.isEmpty()) {
      throw new UserException("The bin is empty: there is nothing to restore");
    }
    throw UserException.unknown("run in the bin", typed, names);
  }

  private static Path back(Path binned, Path bin) {
    String name = binned.getFileName().toString().replaceFirst("~\\d+$", "");
    Path target = bin.resolveSibling(name);
    if (Files.exists(target)) {
      throw new UserException(
          "%s exists already: rename it first, for %s is to come back there"
              .formatted(target, binned.getFileName()));
    }
    new RunFolder(binned).move(target);
    return target;
  }

  private static boolean isSame(Path one, Path other) {
    return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
  }

  private static List<Path> bins(List<Path> folders) {
    List<Path> bins = new ArrayList<>();
    for (Path folder : folders) {
      Stream.of(folder, folder.resolve("runs"))
          .map(place -> place.resolve(NAME))
          .filter(Files::isDirectory)
          .forEach(bins::add);
    }
    return bins;
  }

  private static List<Path> content(Path bin) {
    try (Stream<Path> all = Files.list(bin)) {
      return all.filter(Files::isDirectory).sorted().toList();
    } catch (IOException failure) {
      throw FileErrors.reading(bin, failure);
    }
  }
}
