package dev.vitrine.convert;

import dev.vitrine.data.Dataset;
import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.format.AtomicFile;
import dev.vitrine.format.DType;
import dev.vitrine.format.TensorData;
import dev.vitrine.nn.Model;
import dev.vitrine.onnx.Heads;
import dev.vitrine.onnx.OnnxFile;
import dev.vitrine.onnx.OnnxNetwork;
import dev.vitrine.plan.Compute;
import dev.vitrine.run.LoadedNetwork;
import dev.vitrine.run.Reading;
import dev.vitrine.run.RunFolder;
import dev.vitrine.run.TrainedNetwork;
import dev.vitrine.tensor.Layout;
import dev.vitrine.tensor.Parameters;
import dev.vitrine.transfer.Transfer;
import dev.vitrine.weights.Weights;
import dev.vitrine.weights.WeightsListing;
import dev.vitrine.weights.stored.Cast;
import dev.vitrine.weights.stored.Stored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One file of weights made of another: tensor by tensor as they are, or those of a network by its
 * own names.
 *
 * @param file what was written
 * @param format its format
 * @param tensors how many tensors it holds
 * @param numbers how many numbers they have together
 * @param left the places of what stands in the other file and is not in this
 * @param reading what was found while the numbers of a network were read; empty for tensors as they
 *     are
 * @param rounding what became of numbers that were written in another type, if one was named
 */
public record Conversion(
    Path file,
    WeightFile format,
    int tensors,
    long numbers,
    List<String> left,
    Optional<Reading> reading,
    Optional<Rounding> rounding) {
  /** The conversion, with its own copy. */
  public Conversion {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(format, "format");
    left = List.copyOf(left);
    Objects.requireNonNull(reading, "reading");
    Objects.requireNonNull(rounding, "rounding");
  }

  /**
   * Writes the tensors of a file as they are: names, types, sizes and bits. Texts and single
   * numbers among them are left, and tensors of no numbers.
   *
   * @param from whoever's file
   * @param to the file to be written; its ending says the format
   * @param under the place of what is written, such as {@code state_dict}; its names lose it. Empty
   *     for all
   * @return what was written
   * @throws UserException if a file cannot be read or written, both are one, the format has no form
   *     for a type, or the file holds something of unknown type
   */
  public static Conversion asItIs(Path from, Path to, Optional<String> under) {
    return asItIs(from, to, under, Optional.empty());
  }

  /**
   * Writes the tensors of a file as they are, but their numbers in another type.
   *
   * @param from whoever's file
   * @param to the file to be written; its ending says the format
   * @param under the place of what is written, as {@link #asItIs(Path, Path, Optional)}
   * @param dtype one of {@link dev.vitrine.weights.stored.Cast#TYPES}; whole numbers stay as they
   *     are. Empty for each tensor's own
   * @return what was written
   * @throws UserException as {@link #asItIs(Path, Path, Optional)}
   */
  public static Conversion asItIs(
      Path from, Path to, Optional<String> under, Optional<DType> dtype) {
    Casts casts = new Casts(dtype);
    WeightFile format = WeightFile.of(to);
    requireApart(from, to);
    if (format == WeightFile.ONNX) {
      throw UserException.advising(
          "An ONNX file holds a network, but %s only tensors"
              .formatted(Quote.place(from.toString())),
          "say whose numbers they are with %s",
          "the network");
    }
    Weights weights = Weights.read(from);
    List<TensorData> tensors = new ArrayList<>();
    List<String> left = new ArrayList<>();
    for (Weights.Found found : WeightsListing.at(weights, under)) {
      if (found.what() instanceof Stored.Numbers numbers && numbers.tensor().elements() > 0) {
        tensors.add(casts.named(numbers.tensor(), name(found.place(), under)));
      } else {
        left.add(found.place());
      }
    }
    if (tensors.isEmpty()) {
      throw nothing(weights, under);
    }
    format.write(to, tensors);
    return new Conversion(
        to, format, tensors.size(), numbers(tensors), left, Optional.empty(), casts.made());
  }

  /** The error for a file without tensors: what there is in their place. */
  private static UserException nothing(Weights weights, Optional<String> under) {
    String unread =
        WeightsListing.at(weights, under).stream()
            .flatMap(found ->
                found.what() instanceof Stored.Unread it
                    ? Stream.of(
                        ", but %s: %s; %s"
                            .formatted(
                                Quote.of(found.place()),
                                Quote.line(it.what()),
                                Quote.line(it.why())))
                    : Stream.empty())
            .findFirst()
            .orElse("");
    return new UserException(
        "%s holds no tensors that can be written%s%s"
            .formatted(
                Quote.place(weights.file().toString()),
                under.map(place -> " in " + Quote.of(place)).orElse(""),
                unread));
  }

  private static String name(String place, Optional<String> under) {
    String group = under.map(text -> text + ".").orElse("");
    return place.startsWith(group) ? place.substring(group.length()) : place;
  }

  /**
   * Writes a trained network's numbers by their names in Vitrine: as a checkpoint that opens by
   * itself, knowing its network and how pictures become inputs (safetensors), as an ONNX file, or
   * the numbers alone.
   *
   * @param network whose numbers
   * @param to the file to be written; its ending says the format
   * @return what was written
   * @throws UserException if the numbers do not fit the network, or the file cannot be written
   */
  public static Conversion of(TrainedNetwork network, Path to) {
    return of(network, to, Optional.empty());
  }

  /**
   * Writes a trained network's numbers in another type: each is rounded once, to the nearest, and
   * whoever reads the file computes with the rounded ones in single precision.
   *
   * @param network whose numbers
   * @param to the file to be written, as {@link #of(TrainedNetwork, Path)}
   * @param dtype one of {@link dev.vitrine.weights.stored.Cast#TYPES}; empty for single precision
   * @return what was written
   * @throws UserException as {@link #of(TrainedNetwork, Path)}, or if a number is too large for the
   *     type
   */
  public static Conversion of(TrainedNetwork network, Path to, Optional<DType> dtype) {
    WeightFile format = WeightFile.of(to);
    requireApart(network.checkpoint(), to);
    LoadedNetwork loaded = (format == WeightFile.ONNX ? network.withAllOutputs() : network).load();
    DType type = dtype.orElse(DType.F32);
    Rounded rounded = Rounded.of(loaded.model(), type);
    Model model = rounded.model();
    List<TensorData> tensors = named(model.parameters(), type);
    List<String> left = loaded.reading().transfer().map(Transfer::leftOver).orElse(List.of());
    switch (format) {
      case ONNX -> network.writeOnnx(model, type, to);
      case SAFETENSORS -> network.write(model, type, to);
      default -> format.write(to, tensors);
    }
    return new Conversion(
        to,
        format,
        tensors.size(),
        numbers(tensors),
        left,
        Optional.of(loaded.reading()),
        dtype.map(_ -> new Rounding(type, rounded.difference(), 0)));
  }

  /**
   * Writes a trained network as one of small whole numbers, an ONNX file with pairs of {@code
   * QuantizeLinear} and {@code DequantizeLinear}: weights as I8 with a scale for each output,
   * biases as I32, and what convolutions and dense layers read on grids of 256 numbers.
   *
   * @param network whose numbers; normalisations become part of the layers before them
   * @param to the file to be written, an ONNX file
   * @param examples show how large numbers become; of training data, so that no test figure is
   *     spoilt
   * @param compute what they are computed on
   * @return what was written
   * @throws UserException if the file is another format's, the network has several inputs or
   *     outputs, nothing that could be of whole numbers, or numbers that are not finite, or the
   *     examples do not fit it
   */
  public static Conversion quantised(
      TrainedNetwork network, Path to, Dataset examples, Compute compute) {
    WeightFile format = WeightFile.of(to);
    if (format != WeightFile.ONNX) {
      throw new UserException(
          "int8 is written as .onnx, which has a place for scales, but got %s"
              .formatted(Quote.place(to.toString())));
    }
    requireApart(network.checkpoint(), to);
    requireOneEnd(network);
    LoadedNetwork loaded = network.load();
    Quantised whole = Quantised.of(loaded.model(), examples, network.normalisation(), compute);
    network.writeOnnx(OnnxFile.of(whole.heads(), whole.parameters(), whole.kept(), to), to);
    Layout layout = whole.parameters().layout();
    return new Conversion(
        to,
        format,
        layout.entries().size(),
        layout.elements(),
        loaded.reading().transfer().map(Transfer::leftOver).orElse(List.of()),
        Optional.of(loaded.reading()),
        Optional.of(new Rounding(DType.I8, whole.difference(), 0)));
  }

  private static void requireOneEnd(TrainedNetwork network) {
    if (network.withAllOutputs().spec().layers() instanceof OnnxNetwork own) {
      Heads heads = Heads.of(network.model());
      int outputs = own.outputs().size();
      if (outputs > 1 || heads.inputs().size() > 1) {
        throw new UserException(
            "int8 is for networks of one input and one output, but %s has %s and %s"
                .formatted(Quote.place(network.path().toString()), heads.inputs().size(), outputs));
      }
    }
  }

  private static List<TensorData> named(Parameters parameters, DType dtype) {
    return parameters.layout().entries().stream()
        .map(entry ->
            Cast.of(entry.name(), entry.shape(), parameters.values(), entry.offset(), dtype))
        .toList();
  }

  private static long numbers(List<TensorData> tensors) {
    return tensors.stream().mapToLong(tensor -> tensor.shape().elements()).sum();
  }

  /** What is mapped must not be replaced while it is read. */
  private static void requireApart(Path from, Path to) {
    try {
      if (Files.exists(to) && Files.exists(from) && Files.isSameFile(AtomicFile.place(to), from)) {
        throw new UserException(
            "%s would be replaced while it is read: choose another name"
                .formatted(Quote.place(to.toString())));
      }
    } catch (IOException unknown) {
      throw new UserException(
          "Cannot tell whether %s and %s are one file: %s"
              .formatted(from, to, unknown.getMessage()),
          unknown);
    }
  }

  /**
   * {@return whether a file is converted as the network that it is itself, with no other named: a
   * run, a checkpoint of Vitrine, or an ONNX file that becomes another}
   *
   * @param from whoever's file, or a run's folder
   * @param to the file to be written
   * @throws UserException if {@code from} cannot be read
   */
  public static boolean knowsNetwork(Path from, Path to) {
    if (OnnxNetwork.isOne(from)) {
      return WeightFile.of(to) == WeightFile.ONNX;
    }
    return RunFolder.isRun(from)
        || (Files.isRegularFile(from) && TrainedNetwork.saysNetwork(Weights.read(from)));
  }
}
