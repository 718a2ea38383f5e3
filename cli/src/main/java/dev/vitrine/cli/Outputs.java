package dev.vitrine.cli;

import dev.vitrine.data.DataFolders;
import dev.vitrine.error.UserException;
import dev.vitrine.format.AtomicFile;
import dev.vitrine.format.FileErrors;
import dev.vitrine.run.RunFolder;
import dev.vitrine.settings.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * All that a command line says is to be written, checked before the command begins: that it can be
 * written, that no two results go to one place, and that none destroys what the command reads, a
 * run's own file, or a file of a data set.
 */
final class Outputs {
  private final Map<String, Output> named = new LinkedHashMap<>();
  private final List<Path> read = new ArrayList<>();

  /** Folders that the command makes. */
  private final List<Path> made = new ArrayList<>();

  private Outputs() {}

  /** Those of a command without options. */
  static Outputs none() {
    return new Outputs();
  }

  /**
   * Finds and checks them.
   *
   * @param command its options and parameters; whatever they name, other than outputs, is read
   * @throws UserException if one must not or cannot be written
   */
  static Outputs of(ParseResult command) {
    Outputs outputs = new Outputs();
    for (OptionSpec option : command.commandSpec().options()) {
      if (command.hasMatchedOption(option) && isOutput(option)) {
        outputs.add(option.longestName(), given(option));
      }
    }
    for (ArgSpec arg : command.matchedArgs()) {
      if (!isOutput(arg)) {
        arg.originalStringValues().forEach(outputs::read);
      } else if (arg.isPositional()) {
        outputs.add(arg.paramLabel(), given(arg));
      }
    }
    outputs.check();
    return outputs;
  }

  private static Object given(ArgSpec arg) {
    Object value = arg.getValue();
    return value instanceof Optional<?> it ? it.orElseThrow() : value;
  }

  private void add(String option, Object given) {
    if (given instanceof OutputFolder folder) {
      made.add(folder.path());
    } else {
      named.put(option, (Output) given);
    }
  }

  private static boolean isOutput(ArgSpec arg) {
    Class<?> type = arg.auxiliaryTypes()[0];
    return type == Output.class || type == OutputFolder.class;
  }

  private void read(String value) {
    try {
      Path path = Path.of(value);
      if (!value.isEmpty() && Files.isRegularFile(path)) {
        read.add(path);
      }
    } catch (InvalidPathException other) {
      // Then it is no file.
    }
  }

  /** Whether a result goes to the standard output, which then has no room for anything else. */
  boolean takeStandard() {
    return named.values().stream().anyMatch(Output::isStandard);
  }

  private void check() {
    List<String> options = List.copyOf(named.keySet());
    for (int i = 0; i < options.size(); i++) {
      Output output = named.get(options.get(i));
      for (String earlier : options.subList(0, i)) {
        requireApart(earlier, named.get(earlier), options.get(i), output);
      }
      if (output.isStandard() && StandardOutput.isClosed()) {
        throw new UserException(
            "%s %s expects a standard output, but it is closed: name a file"
                .formatted(options.get(i), output));
      }
      if (!output.isStream()) {
        requireHarmless(options.get(i) + " " + Commands.quoted(output), output.path());
        probe(output.path());
      }
    }
  }

  /** A file in a folder that the command makes can be made when that can, which is checked then. */
  private void probe(Path file) {
    Path folder = file.toAbsolutePath().normalize().getParent();
    boolean later =
        made.stream().anyMatch(each -> each.toAbsolutePath().normalize().equals(folder));
    if (!later || Files.exists(folder)) {
      AtomicFile.probe(file);
    }
  }

  private static void requireApart(String first, Output one, String second, Output other) {
    if (one.isStandard() && other.isStandard()) {
      throw new UserException(
          "%s and %s would both write to the standard output: give %s a file"
              .formatted(first, second, second));
    }
    if (!one.isStream() && !other.isStream() && same(one.path(), other.path())) {
      throw new UserException(
          "%s and %s would both write %s: give %s another name"
              .formatted(first, second, other, second));
    }
  }

  /**
   * Checks a folder that results are to be written into: that it can be made, and is no run's own.
   *
   * @param files the names of all that will be written
   * @throws UserException if one of them must not or cannot be written
   */
  void folder(OutputFolder folder, List<String> files) {
    requireApart(folder.path());
    AtomicFile.probeFolder(folder.path());
    for (String name : files) {
      Path file = folder.path().resolve(name);
      requireApart(file);
      requireHarmless("--out " + Commands.quoted(folder.path()), file);
      if (Files.isDirectory(folder.path())) {
        AtomicFile.probe(file);
      }
    }
  }

  private void requireApart(Path file) {
    named.forEach((option, output) -> {
      if (!output.isStream() && same(output.path(), file)) {
        throw new UserException(
            "--out and %s would both write %s: give %s another name"
                .formatted(option, output, option));
      }
    });
  }

  /** The one rule: a result takes the place of no file that somebody still needs. */
  private void requireHarmless(String option, Path file) {
    Path place = AtomicFile.place(file);
    for (Path input : read) {
      if (same(place, input)) {
        throw new UserException(
            "%s would overwrite %s, which this command reads: choose another name"
                .formatted(option, input));
      }
    }
    if (RunFolder.isOwn(place)) {
      throw new UserException(
          "%s would overwrite %s, in which a run keeps itself: choose another name"
              .formatted(option, file));
    }
    if (DataFolders.isData(place)) {
      throw new UserException(
          "%s would overwrite %s, a file of a data set: choose another name"
              .formatted(option, file));
    }
    requireNoStream(option, place, "/dev/fd/1", "standard output");
    requireNoStream(option, place, "/dev/fd/" + LauncherStderr.number(), "standard error output");
  }

  /** A shell has opened the file already: what is written there is lost when it is replaced. */
  private static void requireNoStream(String option, Path file, String stream, String name) {
    Path open = Path.of(stream);
    try {
      if (Files.isRegularFile(open) && Files.isRegularFile(file) && Files.isSameFile(open, file)) {
        throw new UserException(
            "%s would replace %s, to which the %s is redirected: choose another name"
                .formatted(option, file, name));
      }
    } catch (IOException failure) {
      throw FileErrors.reading(file, failure);
    }
  }

  /** Whether two paths lead to one file, which need not exist; a device takes any number. */
  private static boolean same(Path one, Path other) {
    Path a = AtomicFile.place(one);
    Path b = AtomicFile.place(other);
    try {
      return (Files.exists(a) && Files.exists(b))
          ? Files.isRegularFile(a) && Files.isSameFile(a, b)
          : a.equals(b);
    } catch (IOException failure) {
      throw FileErrors.reading(one, failure);
    }
  }
}
