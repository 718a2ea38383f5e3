package dev.vitrine.cli;

import dev.vitrine.convert.Certificate;
import dev.vitrine.convert.Parity;
import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.format.AtomicFile;
import dev.vitrine.format.Json;
import dev.vitrine.run.TrainedNetwork;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Whether it is measured how far a converted network is from its original, and by what. */
final class CertifyOptions {
  private static final int RANDOM = 10;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--certify",
      description =
          "Compute examples by the original, in double precision, and by RESULT, and keep the"
              + " differences as RESULT.parity.json.")
  private boolean certify;

  @Option(
      names = "--inputs",
      paramLabel = "DIR|N",
      description =
          "For --certify: a folder with input_0.pb or .npy, and output_0 where the original's answer"
              + " is known, or how many random pictures. Default: 10")
  private Optional<String> inputs;

  /**
   * Checks before long work what can be.
   *
   * @param result the file that is to be written, if one is
   * @throws UserException if there is nothing to certify, or it cannot be kept
   */
  void check(Optional<Output> result) {
    if (!certify) {
      Surplus.refuse(spec, "--inputs", "without --certify");
      return;
    }
    Path file =
        result
            .orElseThrow(() -> new UserException("--certify expects a RESULT to be compared"))
            .path();
    AtomicFile.probe(kept(file));
    inputs
        .filter(text -> !isNumber(text) && !isFolder(text))
        .ifPresent(text -> {
          throw UserException.expecting(
              "--inputs",
              "a folder with input_0.pb or input_0.npy, or how many random pictures",
              Quote.of(text));
        });
  }

  /** Whether it was asked for. */
  boolean isAsked() {
    return certify;
  }

  private static boolean isNumber(String text) {
    return text.matches("0*[1-9][0-9]{0,5}");
  }

  private static boolean isFolder(String text) {
    try {
      return Files.isDirectory(Path.of(text));
    } catch (InvalidPathException none) {
      return false;
    }
  }

  private static Path kept(Path result) {
    return result.resolveSibling(result.getFileName() + ".parity.json");
  }

  /**
   * {@return what is to be compared, if anything is: examples are read before RESULT is written}
   */
  Optional<Parity> parity(TrainedNetwork original) {
    if (!certify) {
      return Optional.empty();
    }
    return Optional.of(
        inputs.filter(text -> !isNumber(text)).isPresent()
            ? Parity.stored(original, Path.of(inputs.get()))
            : Parity.random(original, inputs.map(Integer::parseInt).orElse(RANDOM)));
  }

  /**
   * Compares, keeps and shows it.
   *
   * @return whether it is equal
   */
  static boolean certify(
      Parity parity, Path result, Terminal terminal, Map<String, Object> fields) {
    Certificate made = parity.of(result, terminal::busy);
    Json.write(kept(result), made.toJson());
    fields.put("parity", made.toJson());
    for (Certificate.Output output : made.outputs()) {
      terminal.print(
          "parity      %s%s against %s: largest difference %.3g, relative %.3g; top %d equal in %,d",
          made.outputs().size() == 1 ? "" : output.name() + ", ",
          String.format(
              Locale.ROOT,
              output.examples() == 1 ? "%,d example" : "%,d examples",
              output.examples()),
          output.stored() == output.examples()
              ? "stored outputs"
              : "the original in double precision",
          output.absolute(),
          output.relative(),
          output.top(),
          output.topEqual());
    }
    terminal.sentence(
        made.isEqual()
            ? "equal       as far as single precision goes; kept in %s"
            : "NOT equal   as far as single precision goes; kept in %s",
        kept(result));
    return made.isEqual();
  }
}
