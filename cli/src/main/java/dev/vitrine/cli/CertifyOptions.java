package dev.vitrine.cli;

import dev.vitrine.convert.Certificate;
import dev.vitrine.convert.Fidelity;
import dev.vitrine.convert.Parity;
import dev.vitrine.data.DataFolders;
import dev.vitrine.data.Dataset;
import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.format.AtomicFile;
import dev.vitrine.format.Json;
import dev.vitrine.report.Numbers;
import dev.vitrine.run.TrainedNetwork;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
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
   * Refuses stored answers for numbers that are rounded.
   *
   * @throws UserException if a folder of them was named
   */
  void requireRandom(KeepOptions keep) {
    if (keep.isSmaller() && inputs.filter(text -> !isNumber(text)).isPresent()) {
      throw new UserException(
          "--inputs expects how many random pictures where --dtype rounds the numbers, for stored answers are those of others");
    }
  }

  /**
   * Compares, keeps and shows what was made in fewer bits: whether RESULT computes what it says, by
   * plain loops in double precision; and how its answers are beside the original's.
   *
   * @return whether RESULT computes what it says
   */
  boolean certify(
      TrainedNetwork original,
      Path result,
      KeepOptions keep,
      Optional<Path> dataDir,
      Terminal terminal,
      Map<String, Object> fields) {
    boolean equal = true;
    Map<String, Object> json = new LinkedHashMap<>();
    if (TrainedNetwork.opensItself(result)) {
      TrainedNetwork made = TrainedNetwork.open(result, Optional.empty());
      Certificate own =
          Parity.random(made, inputs.map(Integer::parseInt).orElse(RANDOM))
              .of(result, terminal::busy);
      json.putAll(own.toJson());
      json.put("original", original.checkpoint().toString());
      equal = own.isEqual();
      show(own, "itself in double precision", terminal);
    }
    if (keep.knowsData(original)) {
      Dataset test = keep.test(original, dataDir, terminal);
      terminal.busy("comparing, %s examples".formatted(test.size()));
      Fidelity fidelity = Fidelity.of(original, result, keep.type().orElseThrow(), test);
      json.put("kept", fidelity.toJson());
      show(fidelity, terminal);
    } else {
      terminal.sentence(
          "accuracy    not measured: nothing says which data it learned from; name them with --data");
    }
    Json.write(kept(result), json);
    fields.put("parity", json);
    terminal.sentence("%s   kept in %s", equal ? "certified" : "NOT equal", kept(result));
    return equal;
  }

  private static void show(Fidelity made, Terminal terminal) {
    if (made.accuracyBefore().isPresent()) {
      terminal.print(
          "accuracy    %s before, %s after, on %,d test examples of %s",
          Numbers.percent(made.accuracyBefore().getAsDouble(), 2),
          Numbers.percent(made.accuracyAfter().getAsDouble(), 2),
          made.examples(),
          DataFolders.title(made.data()));
    }
    terminal.print(
        "answers     the same class in %,d of %,d; largest difference %.3g, relative %.3g",
        made.topEqual(), made.examples(), made.absolute(), made.relative());
    terminal.print(
        "size        %,d bytes; the numbers alone as f32 are %,d",
        made.bytesAfter(), made.bytesBefore());
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
    show(made, "the original in double precision", terminal);
    terminal.sentence(
        made.isEqual()
            ? "equal       as far as single precision goes; kept in %s"
            : "NOT equal   as far as single precision goes; kept in %s",
        kept(result));
    return made.isEqual();
  }

  private static void show(Certificate made, String reference, Terminal terminal) {
    for (Certificate.Output output : made.outputs()) {
      terminal.print(
          "parity      %s%s against %s: largest difference %.3g, relative %.3g; top %d equal in %,d",
          made.outputs().size() == 1 ? "" : output.name() + ", ",
          String.format(
              Locale.ROOT,
              output.examples() == 1 ? "%,d example" : "%,d examples",
              output.examples()),
          output.stored() == output.examples() ? "stored outputs" : reference,
          output.absolute(),
          output.relative(),
          output.top(),
          output.topEqual());
    }
  }
}
