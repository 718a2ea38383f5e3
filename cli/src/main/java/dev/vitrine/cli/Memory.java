package dev.vitrine.cli;

import dev.vitrine.error.UserException;
import dev.vitrine.image.ImageFile;
import dev.vitrine.run.MemoryNeed;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;

/** Says that Java has too little memory for a command, and what would help. */
final class Memory {
  private static final int MEGABYTE = 20;
  private static final int GIGABYTE = 30;

  /** What a program of Java needs besides what can be added up. */
  private static final long BESIDES = 64L << MEGABYTE;

  private Memory() {}

  /**
   * Refuses what Java has not the memory for.
   *
   * @throws UserException if it has not
   */
  static void require(CommandSpec command, MemoryNeed need) {
    try {
      need.requireAtMost(Runtime.getRuntime().maxMemory());
    } catch (UserException e) {
      boolean batch = need.plans() >= Math.max(need.data(), need.parameters());
      boolean network = need.plans() + need.parameters() >= need.data();
      throw e.advise(
          advice(
              command,
              need.total(),
              batch ? List.of("--batch", "--model") : network ? List.of("--model") : List.of()));
    }
  }

  /** The one line about memory that gave out. */
  static String exhausted(CommandSpec command) {
    long most = Runtime.getRuntime().maxMemory();
    return String.format(
        Locale.ROOT,
        "The memory does not suffice (Java may use %,d MB): %s",
        most >> MEGABYTE,
        advice(command, 2 * most, List.of("--batch", "--model")));
  }

  /** The same where a picture was being looked at. */
  static UserException exhausted(Path picture) {
    long most = Runtime.getRuntime().maxMemory();
    return new UserException(
        String.format(
            Locale.ROOT,
            "%s: the memory does not suffice for this picture (Java may use %,d MB): %s",
            picture,
            most >> MEGABYTE,
            more(most + ImageFile.bytesToRead(picture))));
  }

  private static String more(long bytes) {
    return "set VITRINE_JAVA_OPTS=-Xmx%s or so".formatted(size(bytes));
  }

  /** What to do, in options that the command has and that may be given. */
  private static String advice(CommandSpec command, long bytes, List<String> options) {
    String more = more(bytes);
    var given = command.commandLine().getParseResult();
    boolean fixed = given != null && given.hasMatchedOption("--resume");
    List<String> usable =
        options.stream().filter(option -> !fixed && command.findOption(option) != null).toList();
    return usable.isEmpty() ? more : more + ", or use a smaller " + String.join(" or ", usable);
  }

  /** A heap with a quarter to spare: a power of two in megabytes, or whole gigabytes. */
  static String size(long bytes) {
    long wanted = bytes + bytes / 4 + BESIDES;
    if (wanted > 1L << GIGABYTE) {
      return Math.ceilDiv(wanted, 1L << GIGABYTE) + "g";
    }
    long power = Long.highestOneBit(wanted - 1) << 1;
    return power == 1L << GIGABYTE ? "1g" : (power >> MEGABYTE) + "m";
  }
}
