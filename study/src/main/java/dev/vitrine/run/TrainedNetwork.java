package dev.vitrine.run;

import dev.vitrine.data.DataFolders;
import dev.vitrine.data.Polarities;
import dev.vitrine.error.UserException;
import dev.vitrine.format.DType;
import dev.vitrine.image.ImageSize;
import dev.vitrine.image.Normalisation;
import dev.vitrine.image.Polarity;
import dev.vitrine.image.Preprocessing;
import dev.vitrine.kernel.KernelChoice;
import dev.vitrine.nn.Model;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.onnx.OnnxFile;
import dev.vitrine.onnx.OnnxNetwork;
import dev.vitrine.predict.Predictor;
import dev.vitrine.transfer.Conventions;
import dev.vitrine.transfer.Transfer;
import dev.vitrine.weights.Weights;
import dev.vitrine.weights.onnx.OnnxModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A network with learned numbers: that of a run folder, or of a bare checkpoint.
 *
 * @param path the folder or the file, as typed
 * @param spec the network
 * @param checkpoint the file of its numbers
 * @param inputs what is known of how pictures became its inputs
 * @param run what is known of its training, if it is a run's
 * @param training how far that has come
 * @param foreign what is known of the numbers if they are not a checkpoint's of Vitrine
 */
public record TrainedNetwork(
    Path path,
    NetworkSpec spec,
    Path checkpoint,
    InputFacts inputs,
    Optional<RunConfig> run,
    TrainingStatus training,
    Optional<ForeignWeights> foreign) {
  /** Refuses {@code null}. */
  public TrainedNetwork {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(spec, "spec");
    Objects.requireNonNull(checkpoint, "checkpoint");
    Objects.requireNonNull(inputs, "inputs");
    Objects.requireNonNull(run, "run");
    Objects.requireNonNull(training, "training");
    Objects.requireNonNull(foreign, "foreign");
  }

  /**
   * Opens a run folder or a checkpoint; its numbers are read by {@link #model}.
   *
   * @param path a run folder or a checkpoint file
   * @param network whose numbers a checkpoint holds: a name or a network file; without it, the
   *     named network that the checkpoint itself says
   * @return the network, its numbers not yet read
   * @throws UserException if there is neither, or the network of a checkpoint is not known
   */
  public static TrainedNetwork open(Path path, Optional<String> network) {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(network, "network");
    return open(path, network, Optional.empty());
  }

  /**
   * Opens a run folder, a checkpoint or somebody else's file of weights; its numbers are read by
   * {@link #model}.
   *
   * @param path a run folder or a file
   * @param network whose numbers a file holds, as {@link #open(Path, Optional)}
   * @param key the place in somebody else's file below which the numbers lie, if more than one part
   *     of it fits
   * @return the network, its numbers not yet read
   * @throws UserException as {@link #open(Path, Optional)}
   */
  public static TrainedNetwork open(Path path, Optional<String> network, Optional<String> key) {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(key, "key");
    return Opening.of(path, network, key);
  }

  /**
   * {@return a network whose numbers come from no training that is known}
   *
   * @param spec the network
   * @param file of its numbers, or where they will be written
   * @param inputs what is known of how pictures become its inputs
   */
  public static TrainedNetwork of(NetworkSpec spec, Path file, InputFacts inputs) {
    return new TrainedNetwork(
        file, spec, file, inputs, Optional.empty(), TrainingStatus.unknown(), Optional.empty());
  }

  /**
   * {@return what it is, in one line: {@code LeNet trained on MNIST}, and how far if that is not to
   * the end}
   */
  public String title() {
    String how = training.isWhole() ? "" : ", " + training.words();
    return name() + how;
  }

  /**
   * {@return what it was trained on and how far, in mid-sentence: {@code MNIST, 2,532 steps, 3
   * epochs}}
   */
  public String trainedOn() {
    String data = dataTitle().orElse("data that are not known");
    String how = training.words();
    return how.isEmpty() ? data : data + ", " + how;
  }

  /** {@return what people call the data of its training, if they are known} */
  public Optional<String> dataTitle() {
    return run.map(config -> DataFolders.title(config.data().name()));
  }

  private String name() {
    return dataTitle()
        .map(data -> "%s trained on %s".formatted(spec.title(), data))
        .orElseGet(() -> "%s with the numbers of %s".formatted(spec.title(), path));
  }

  /**
   * {@return the same network, whose inputs are normalised otherwise than by pixels/255: numbers of
   * a file that does not say it}
   *
   * @param other how they are
   * @throws UserException if its training says how they are, or there are not as many numbers as
   *     channels
   */
  public TrainedNetwork normalised(Normalisation other) {
    Objects.requireNonNull(other, "other");
    if (saysInputs()) {
      throw new UserException(
          "%s says how its pictures became inputs (%s): leave the normalisation out"
              .formatted(path, normalisation().description()));
    }
    InputFacts changed = Opening.fitting(spec, inputs.normalised(other), path);
    return new TrainedNetwork(path, spec, checkpoint, changed, run, training, foreign);
  }

  /** Whether its training is known, and with it how pictures become inputs. */
  private boolean saysInputs() {
    return foreign.isEmpty() && (run.isPresent() || inputs.polarities().isPresent());
  }

  /**
   * {@return the same network, whose images are brought to a size first that its file does not say}
   *
   * @param size height and width
   * @throws UserException if its run or checkpoint says what size they had
   */
  public TrainedNetwork resized(ImageSize size) {
    Objects.requireNonNull(size, "size");
    if (saysInputs()) {
      throw new UserException(
          "%s says what size its images had: leave the resizing out".formatted(path));
    }
    return new TrainedNetwork(path, spec, checkpoint, inputs.resized(size), run, training, foreign);
  }

  /**
   * {@return the same network with what somebody says of how the numbers of its file lie}
   *
   * @param conventions what is said
   * @throws UserException if they are a checkpoint's of Vitrine, or an ONNX file's
   */
  public TrainedNetwork laidOut(Conventions conventions) {
    Objects.requireNonNull(conventions, "conventions");
    ForeignWeights known =
        foreign.orElseThrow(() ->
            new UserException(
                "How the numbers of %s lie is known: leave the layout and the file's classes out"
                    .formatted(path)));
    Optional<ForeignWeights> said = Optional.of(new ForeignWeights(known.key(), conventions));
    return new TrainedNetwork(path, spec, checkpoint, inputs, run, training, said);
  }

  /**
   * {@return the same network, ending in another of its values: one of an ONNX file}
   *
   * @param output the value's name in the file
   * @throws UserException if it is no ONNX file's, or has no such value
   */
  public TrainedNetwork endingIn(String output) {
    Objects.requireNonNull(output, "output");
    if (!(spec.layers() instanceof OnnxNetwork)) {
      throw new UserException(
          "An output is named of ONNX files, whose values have names, but %s is none: leave it out"
              .formatted(path));
    }
    NetworkSpec other = Opening.spec(OnnxNetwork.open(path, Optional.of(output)));
    return new TrainedNetwork(path, other, checkpoint, inputs, run, training, foreign);
  }

  /**
   * {@return the same network, making all outputs of its ONNX file, not the first alone; itself if
   * it is another file's, which have one, or ends in a named value}
   *
   * @throws UserException if nodes before another output cannot be translated
   */
  public TrainedNetwork withAllOutputs() {
    if (!(spec.layers() instanceof OnnxNetwork onnx)) {
      return this;
    }
    NetworkSpec all = Opening.spec(onnx.withAllOutputs());
    return new TrainedNetwork(path, all, checkpoint, inputs, run, training, foreign);
  }

  /**
   * {@return which tensor of somebody else's file becomes which parameter, and what is done to it;
   * empty for numbers of Vitrine or of an ONNX file}
   *
   * @throws UserException if the file does not fit the network
   */
  public Optional<Transfer> transfer() {
    return foreign.map(
        known -> Transfer.of(Weights.read(checkpoint), spec, known.key(), known.conventions()));
  }

  /** {@return sentences about its file's form that whoever uses it must know} */
  public List<String> remarks() {
    return spec.layers() instanceof OnnxNetwork onnx ? onnx.remark().stream().toList() : List.of();
  }

  /** {@return how its inputs are normalised: pixels/255 if nothing says it} */
  public Normalisation normalisation() {
    return inputs.normalisation().orElse(Normalisation.UNIT);
  }

  /**
   * {@return how pictures become its inputs: as in its training, and inverted first if they are
   * clearly dark on light and those of the training were light on dark, or the other way round}
   */
  public Preprocessing preprocessing() {
    Polarity usual = inputs.polarities().map(Polarities::usual).orElse(Polarity.UNCLEAR);
    return Preprocessing.unit(normalisation()).trainedOn(usual);
  }

  /**
   * {@return the network with its numbers}
   *
   * @throws UserException if the checkpoint is damaged, or belongs to another network
   */
  public Model model() {
    return model(transfer());
  }

  private Model model(Optional<Transfer> transfer) {
    Model model = numbers(transfer);
    Variances.require(model, checkpoint);
    return model;
  }

  /**
   * {@return the network with its numbers, and what was found while they were read}
   *
   * @throws UserException as {@link #model}
   */
  public LoadedNetwork load() {
    Optional<Transfer> transfer = transfer();
    Model model = model(transfer);
    return new LoadedNetwork(model, new Reading(transfer, Flaw.of(model, transfer)));
  }

  private Model numbers(Optional<Transfer> transfer) {
    if (spec.layers() instanceof OnnxNetwork onnx) {
      return onnx.model();
    }
    Model model = Model.of(spec.layers(), spec.input());
    if (foreign.isEmpty()) {
      Checkpoint.readParameters(checkpoint, model);
    } else {
      transfer.orElseThrow().into(model);
    }
    return model;
  }

  /**
   * Writes the network as a checkpoint that opens by itself: its numbers, what network it is, and
   * how pictures become its inputs.
   *
   * @param numbers the network with its numbers, as {@link #model} gives it
   * @param file where it goes, whole or not at all
   * @throws UserException if it cannot be written, or the network has no form as a network file
   */
  public void write(Model numbers, Path file) {
    write(numbers, DType.F32, file);
  }

  /**
   * {@link #write(Model, Path)} in another type.
   *
   * @param numbers the network with its numbers, as {@link #model} gives it
   * @param dtype the type that they are kept in, which holds all of them: F32, F16 or BF16
   * @param file where it goes, whole or not at all
   * @throws UserException if it cannot be written, or the network has no form as a network file
   */
  public void write(Model numbers, DType dtype, Path file) {
    Objects.requireNonNull(numbers, "numbers");
    Objects.requireNonNull(dtype, "dtype");
    Objects.requireNonNull(file, "file");
    Checkpoint.writeParameters(
        file, numbers.parameters().copy(), dtype, CheckpointNotes.of(spec, inputs, run));
  }

  /**
   * Writes the network as an ONNX file, which says how pictures become inputs under a name of its
   * own, {@code vitrine.inputs}: ONNX has none for it, and other programs do not follow it.
   *
   * @param numbers the network with its numbers, as {@link #model} gives it
   * @param file where it goes, whole or not at all
   * @throws UserException as {@link OnnxFile#write}
   */
  public void writeOnnx(Model numbers, Path file) {
    writeOnnx(numbers, DType.F32, file);
  }

  /**
   * {@link #writeOnnx(Model, Path)} in another type.
   *
   * @param numbers the network with its numbers, as {@link #model} gives it
   * @param dtype the type that they are kept in, which holds all of them: F32, F16 or BF16
   * @param file where it goes, whole or not at all
   * @throws UserException as {@link OnnxFile#write}
   */
  public void writeOnnx(Model numbers, DType dtype, Path file) {
    Objects.requireNonNull(numbers, "numbers");
    Objects.requireNonNull(dtype, "dtype");
    Objects.requireNonNull(file, "file");
    writeOnnx(OnnxFile.of(numbers, dtype, file), file);
  }

  /**
   * Writes an ONNX file that was made of the network, with how pictures become inputs.
   *
   * @param made what is written
   * @param file where it goes, whole or not at all
   * @throws UserException as {@link OnnxFile#write}
   */
  public void writeOnnx(OnnxModel made, Path file) {
    Objects.requireNonNull(made, "made");
    Objects.requireNonNull(file, "file");
    made.with(CheckpointNotes.onnx(inputs)).write(file);
  }

  /**
   * {@return whether a file needs no more words to be opened: an ONNX file, or a checkpoint of
   * Vitrine}
   *
   * @param file a file of weights
   * @throws UserException if it cannot be read
   */
  public static boolean opensItself(Path file) {
    return OnnxNetwork.isOne(file) || saysNetwork(Weights.read(file));
  }

  /**
   * {@return whether a file says itself whose numbers it holds: a checkpoint of Vitrine}
   *
   * @param weights a file
   */
  public static boolean saysNetwork(Weights weights) {
    return weights.notes().containsKey(CheckpointNotes.MODEL);
  }

  /**
   * {@return the network ready to answer, from any number of threads; to be closed} Its inputs are
   * numbers, as {@link #preprocessing} makes them of a picture.
   *
   * @throws UserException if the checkpoint is damaged, or belongs to another network
   */
  public Predictor predictor() {
    return Predictor.taking(model(), KernelChoice.best().kernels());
  }
}
