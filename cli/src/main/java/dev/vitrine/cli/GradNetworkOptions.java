package dev.vitrine.cli;

import dev.vitrine.error.UserException;
import dev.vitrine.nn.Loss;
import dev.vitrine.notation.Losses;
import dev.vitrine.run.RunFolder;
import dev.vitrine.trace.language.Tensor;
import dev.vitrine.trace.network.NetworkQuestion;
import dev.vitrine.trace.network.NetworkTrace;
import dev.vitrine.trace.network.SmallExample;
import dev.vitrine.trace.network.WeightName;
import dev.vitrine.zoo.Zoo;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The network that {@code vitrine grad NETWORK} goes through. */
final class GradNetworkOptions {
  /** Those that are about a network, and say nothing without one. */
  static final List<String> NAMES =
      List.of(
          "--weight",
          "--network",
          "--divisor",
          "--mean",
          "--deviation",
          "--when",
          "--key",
          "--classes",
          "--resize",
          "--output",
          "--class",
          "--example",
          "--data",
          "--data-dir",
          "--test-share",
          "--preprocess",
          "--fit",
          "--background",
          "--invert");

  /** Those that say how a file's numbers are to be taken. */
  private static final List<String> OF_FILES =
      List.of(
          "--network",
          "--divisor",
          "--mean",
          "--deviation",
          "--key",
          "--layout",
          "--classes",
          "--resize",
          "--output");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--weight",
      paramLabel = "NAME[INDEX]",
      description =
          "Of a network: the weight whose gradient is unrolled into its sum, such as"
              + " 'conv1.weight[2,0,1,1]'. Default: that with the largest gradient in the first layer")
  private Optional<String> weight;

  @Option(
      names = "--class",
      paramLabel = "N",
      description = "The true class of a picture from a file, by its number.")
  private Optional<Integer> label;

  @Mixin private SubjectOptions shown;
  @Mixin private LookNetworkOptions opening;

  /** Whether a text means a network, not an expression. */
  boolean means(String text) {
    boolean asked = NAMES.stream().anyMatch(spec.commandLine().getParseResult()::hasMatchedOption);
    return asked || Zoo.has(text) || isFile(text);
  }

  private static boolean isFile(String text) {
    try {
      Path path = Path.of(text);
      return Files.isRegularFile(path) || RunFolder.isRun(path);
    } catch (InvalidPathException _) {
      return false; // an expression, then
    }
  }

  /**
   * Goes through it.
   *
   * @param subjects the network, and a picture if there is one
   * @param at numbers of a small example
   * @param lossName the loss, by its name; without one that of the training
   */
  NetworkTrace trace(
      List<String> subjects,
      Map<String, Tensor> at,
      Optional<String> lossName,
      Optional<Long> seed,
      Terminal terminal) {
    Optional<WeightName> wanted = weight.map(WeightName::of);
    LookedAt seen = open(subjects.getFirst());
    opening.remark(terminal, seen);
    Loss loss = lossName.map(Losses::named).orElseGet(() -> LookHistograms.loss(seen));
    List<Path> images = subjects.stream().skip(1).map(Path::of).toList();
    if (images.isEmpty() && !shown.saysExamples()) {
      return ofNumbers(seen, at, loss, seed.orElse(0L), wanted);
    }
    Stream.of("--at", "--seed")
        .forEach(name -> Surplus.refuse(spec, name, "beside an example that is given"));
    if (!images.isEmpty() && label.isEmpty()) {
      throw new UserException(
          "A gradient needs the picture's true class: add --class, such as --class 7");
    }
    if (shown.check(images) != 1) {
      throw new UserException("grad goes through one example: name one test image or picture");
    }
    if (images.isEmpty()) {
      Surplus.refuse(spec, "--class", "beside --example, whose class is known");
    }
    if (!seen.trained() && images.isEmpty() && !shown.saysData()) {
      throw new UserException(
          "%s was not trained, so no data are known: add --data, such as --data digits"
              .formatted(subjects.getFirst()));
    }
    SubjectOptions.Shown given =
        shown.see(images, seen.network(), Main.kernels(terminal), terminal);
    Subject subject = given.subjects().getFirst();
    Stream<String> remarks = seen.trained() ? given.remarks().stream() : Stream.empty();
    Stream.concat(remarks, subject.remark().stream())
        .forEach(remark -> terminal.sentence("%s", remark));
    int number = label.orElseGet(() -> subject.label().orElseThrow().number());
    String title = "%s, %s, class %s".formatted(seen.title(), subject.name(), number);
    return NetworkTrace.of(
        new NetworkQuestion(title, seen.model(), loss, doubles(subject.numbers()), number, wanted));
  }

  private LookedAt open(String subject) {
    if (LookNetworkOptions.isPlan(subject)) {
      OF_FILES.forEach(name -> Surplus.refuse(spec, name, "on a network without numbers"));
    }
    return opening.open(subject);
  }

  /** A small example, made up. */
  private static NetworkTrace ofNumbers(
      LookedAt seen, Map<String, Tensor> at, Loss loss, long seed, Optional<WeightName> wanted) {
    Map<String, List<Double>> given = new LinkedHashMap<>();
    at.forEach((name, value) -> given.put(name, Arrays.stream(value.elements()).boxed().toList()));
    String title = seen.trained() ? seen.title() : seen.network().spec().title();
    NetworkTrace trace =
        NetworkTrace.of(
            new SmallExample(given, seed, seen.trained())
                .question(title, seen.model(), loss, wanted));
    if (!trace.small() && at.isEmpty()) {
      throw new UserException(
          "An example is drawn for small networks alone: say which one this is shown, such as --example 0");
    }
    return trace;
  }

  private static double[] doubles(float... numbers) {
    double[] all = new double[numbers.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = numbers[i];
    }
    return all;
  }
}
