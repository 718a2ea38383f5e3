package dev.vitrine.convert;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.format.AtomicFile;
import dev.vitrine.format.TensorData;
import dev.vitrine.nn.Model;
import dev.vitrine.onnx.OnnxNetwork;
import dev.vitrine.run.LoadedNetwork;
import dev.vitrine.run.Reading;
import dev.vitrine.run.RunFolder;
import dev.vitrine.run.TrainedNetwork;
import dev.vitrine.tensor.Layout;
import dev.vitrine.tensor.Parameters;
import dev.vitrine.transfer.Transfer;
import dev.vitrine.weights.Weights;
import dev.vitrine.weights.WeightsListing;
import dev.vitrine.weights.stored.Stored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

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
 */
public record Conversion(
    Path file,
    WeightFile format,
    int tensors,
    long numbers,
    List<String> left,
    Optional<Reading> reading) {
  /** The conversion, with its own copy. */
  public Conversion {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(format, "format");
    left = List.copyOf(left);
    Objects.requireNonNull(reading, "reading");
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
        tensors.add(numbers.tensor().named(name(found.place(), under)));
      } else {
        left.add(found.place());
      }
    }
    if (tensors.isEmpty()) {
      throw new UserException(
          "%s holds no tensors%s"
              .formatted(
                  Quote.place(from.toString()),
                  under.map(place -> " in " + Quote.of(place)).orElse("")));
    }
    format.write(to, tensors);
    return new Conversion(to, format, tensors.size(), numbers(tensors), left, Optional.empty());
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
    WeightFile format = WeightFile.of(to);
    requireApart(network.checkpoint(), to);
    LoadedNetwork loaded = (format == WeightFile.ONNX ? network.withAllOutputs() : network).load();
    Model model = loaded.model();
    List<TensorData> tensors = named(model.parameters());
    List<String> left = loaded.reading().transfer().map(Transfer::leftOver).orElse(List.of());
    switch (format) {
      case ONNX -> network.writeOnnx(model, to);
      case SAFETENSORS -> network.write(model, to);
      default -> format.write(to, tensors);
    }
    return new Conversion(
        to, format, tensors.size(), numbers(tensors), left, Optional.of(loaded.reading()));
  }

  private static List<TensorData> named(Parameters parameters) {
    List<TensorData> tensors = new ArrayList<>();
    for (Layout.Entry entry : parameters.layout().entries()) {
      tensors.add(
          TensorData.floats(entry.name(), entry.shape(), parameters.values(), entry.offset()));
    }
    return tensors;
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
