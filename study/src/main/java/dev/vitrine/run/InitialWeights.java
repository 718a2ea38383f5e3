package dev.vitrine.run;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.image.Normalisation;
import dev.vitrine.nn.Model;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.onnx.OnnxNetwork;
import dev.vitrine.transfer.Convention;
import dev.vitrine.transfer.Conventions;
import dev.vitrine.transfer.Transfer;
import dev.vitrine.weights.Weights;
import dev.vitrine.weights.onnx.OnnxModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Learned numbers that a training begins with in place of drawn ones: those of a run, of a
 * checkpoint, or of any file that {@link Weights} reads.
 *
 * @param file the run's folder or the file
 * @param key the place in somebody else's file below which the numbers lie; everywhere without it
 * @param layout what is said of how they lie, see {@link Convention#key}
 * @param classes which class each of the file's outputs stands for; empty for the network's own
 * @param parametersHash the hash of the parameters that come of it, once a run has begun with them
 */
public record InitialWeights(
    String file,
    Optional<String> key,
    List<String> layout,
    List<Integer> classes,
    Optional<String> parametersHash) {
  /**
   * Checks what is said of the file; whether it is there shows when its numbers are read.
   *
   * @throws UserException if the file has no name, a word of the layout is not known, or two
   *     contradict each other
   */
  public InitialWeights {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(parametersHash, "parametersHash");
    layout = List.copyOf(layout);
    classes = List.copyOf(classes);
    if (file.isBlank()) {
      throw UserException.expecting("The initial weights", "a run or a file", Quote.of(file));
    }
    conventions(layout, classes);
  }

  /**
   * {@return the numbers of a run or a file, as they lie}
   *
   * @param file a run's folder, a checkpoint, or any file of weights
   */
  public static InitialWeights of(Path file) {
    return of(file, Optional.empty(), Conventions.NONE);
  }

  /**
   * {@return the numbers of somebody else's file}
   *
   * @param file the file
   * @param key the place in it below which to look; everywhere without it
   * @param conventions what is said of how its numbers lie
   */
  public static InitialWeights of(Path file, Optional<String> key, Conventions conventions) {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(conventions, "conventions");
    List<String> words = conventions.said().stream().map(Convention::key).sorted().toList();
    return new InitialWeights(file.toString(), key, words, conventions.classes(), Optional.empty());
  }

  private static Conventions conventions(List<String> layout, List<Integer> classes) {
    return Conventions.of(layout).classes(classes);
  }

  /**
   * {@return the network with these numbers}
   *
   * @param spec the network
   * @throws UserException if the file is not there, cannot be read or does not fit the network, one
   *     of its numbers is NaN or infinite, or they are not those of {@link #parametersHash}
   */
  public Model model(NetworkSpec spec) {
    Objects.requireNonNull(spec, "spec");
    Model model = Model.of(spec.layers(), spec.input());
    Optional<Transfer> transfer = transfer(spec);
    transfer.ifPresentOrElse(
        found -> found.into(model), () -> Checkpoint.readParameters(numbers(), model));
    requireFinite(model, transfer);
    Variances.require(model, numbers());
    String hash = model.parameters().hash();
    String expected = parametersHash.orElse(hash);
    if (!expected.equals(hash)) {
      throw new UserException(
          "%s: the training began with parameters of the hash %s, but it gives %s: it was changed since"
              .formatted(shown(), Quote.of(expected), Quote.of(hash)));
    }
    return model;
  }

  /**
   * {@return which tensor of somebody else's file becomes which parameter; empty for numbers of
   * Vitrine's own checkpoints, which are the network's by their names}
   *
   * @param spec the network
   * @throws UserException if the file is not there, cannot be read or does not fit the network
   */
  public Optional<Transfer> transfer(NetworkSpec spec) {
    Objects.requireNonNull(spec, "spec");
    Weights weights = open();
    return isOwn(weights)
        ? Optional.empty()
        : Optional.of(Transfer.of(weights, spec, key, conventions(layout, classes)));
  }

  /**
   * {@return how pictures became the inputs of the network that learned them, if the run or the
   * checkpoint says so}
   *
   * @throws UserException if the file is not there or cannot be read
   */
  public Optional<Normalisation> normalisation() {
    Weights weights = open();
    Path path = Path.of(file);
    if (RunFolder.isRun(path)) {
      return Optional.of(new RunFolder(path).config().recipe().normalisation());
    }
    if (OnnxNetwork.isOne(path)) {
      return CheckpointNotes.ofOnnx(path, OnnxModel.read(path).metadata())
          .flatMap(InputFacts::normalisation);
    }
    return Opening.inputs(path, CheckpointNotes.known(path, weights.notes())).normalisation();
  }

  /**
   * Checks that there are such numbers, whatever the network.
   *
   * @throws UserException if the file is not there or cannot be read, or how its numbers lie is
   *     known and said nevertheless
   */
  public void requireReadable() {
    boolean said = key.isPresent() || !layout.isEmpty() || !classes.isEmpty();
    if (isOwn(open()) && said) {
      throw new UserException(
          "How the numbers of %s lie is known: leave the place in it, the layout and the file's classes out"
              .formatted(shown()));
    }
  }

  private Weights open() {
    Path path = Path.of(file);
    Opening.refuseUntrained(path);
    if (!Files.exists(path)) {
      throw UserException.advising(
          "There is no run or file of weights %s".formatted(shown()),
          "expected what %s made, such as runs/lenet-digits-1, or a file of weights",
          "a training");
    }
    return Weights.read(numbers());
  }

  private Path numbers() {
    Path path = Path.of(file);
    return RunFolder.isRun(path) ? new RunFolder(path).checkpoint() : path;
  }

  private boolean isOwn(Weights weights) {
    return RunFolder.isRun(Path.of(file))
        || CheckpointNotes.known(weights.file(), weights.notes())
            .containsKey(CheckpointNotes.MODEL);
  }

  private void requireFinite(Model model, Optional<Transfer> transfer) {
    Flaw.of(model, transfer).stream()
        .findFirst()
        .ifPresent(flaw -> {
          throw new UserException(
              "%s: %s, with which no training can begin".formatted(shown(), flaw.sentence()));
        });
  }

  private String shown() {
    return Quote.place(file);
  }

  /** What the page of a run says of it. */
  String text() {
    return file + parametersHash.map(", parameters "::concat).orElse("");
  }

  /** The same once a run has begun with them: where the file is, from wherever one looks. */
  InitialWeights began(Model model) {
    String whole = Path.of(file).toAbsolutePath().normalize().toString();
    return new InitialWeights(whole, key, layout, classes, Optional.of(model.parameters().hash()));
  }

  /** The same without the way to the file. */
  InitialWeights portable() {
    Path last = Path.of(file).getFileName();
    return new InitialWeights(
        last == null ? file : last.toString(), key, layout, classes, parametersHash);
  }
}
