package dev.vitrine.parity;

import dev.vitrine.error.UserException;
import dev.vitrine.random.Seed;
import dev.vitrine.run.TrainedNetwork;
import dev.vitrine.summary.Table;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * How far the answers of a trained network, as a {@link dev.vitrine.predict.Predictor} gives them
 * in single precision, are from those of its graph in double precision, and from outputs that the
 * program it comes from stored. The first says what computing costs in accuracy; only the second
 * says that the numbers were read as they were meant.
 *
 * @param file where the numbers come from
 * @param network the network's name
 * @param parametersHash the hash of its parameters
 * @param inputs what it was given, in words
 * @param outputs how each output agrees with each reference
 */
public record Certificate(
    String file, String network, String parametersHash, String inputs, List<Agreement> outputs) {
  private static final List<Table.Column> COLUMNS =
      List.of(
          new Table.Column("output", "output", true),
          new Table.Column("against", "against", true),
          new Table.Column("examples", "examples", false),
          new Table.Column("largest_difference", "largest difference", false),
          new Table.Column("largest_relative_difference", "relative", false),
          new Table.Column("top5_agree", "top-5 agree", false));

  /** A certificate, with its own copy of the list. */
  public Certificate {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(parametersHash, "parametersHash");
    Objects.requireNonNull(inputs, "inputs");
    outputs = List.copyOf(outputs);
  }

  /**
   * Compares on drawn inputs: standard normal numbers, of an ONNX file at each of its outputs.
   *
   * @param network a network of one input
   * @param randomInputs how many examples, at least 1
   * @param seed where they are drawn from
   * @return how the plan agrees with double precision
   * @throws UserException if there is no example, the network has several inputs, or its numbers
   *     cannot be read
   */
  public static Certificate of(TrainedNetwork network, int randomInputs, Seed seed) {
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(seed, "seed");
    if (randomInputs < 1) {
      throw UserException.expecting(
          "The number of random inputs", "1 or more", Integer.toString(randomInputs));
    }
    String inputs =
        "%s drawn from a standard normal distribution by seed %s"
            .formatted(randomInputs == 1 ? "1 example" : randomInputs + " examples", seed.value());
    return of(network, inputs, Trials.drawn(network, randomInputs, seed));
  }

  /**
   * Compares on stored inputs, and with stored outputs where there are such.
   *
   * @param network the network
   * @param folder with {@code input_0.pb}, {@code input_1.pb}, … and {@code output_0.pb}, … as
   *     ONNX's own tests have them, or {@code .npy} likewise; or with such folders {@code
   *     test_data_set_0}, …. An input is of any number of examples
   * @return how the plan agrees with double precision and with the stored outputs
   * @throws UserException if there is no input, a file cannot be read, or its size is not the
   *     network's
   */
  public static Certificate of(TrainedNetwork network, Path folder) {
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(folder, "folder");
    return of(network, "those in " + folder, Trials.stored(network, folder));
  }

  private static Certificate of(TrainedNetwork network, String inputs, List<Trial> trials) {
    return new Certificate(
        network.path().toString(),
        network.spec().name(),
        trials.getFirst().model().parameters().hash(),
        inputs,
        trials.stream().flatMap(trial -> trial.agreements().stream()).toList());
  }

  /** {@return the largest relative difference of all} */
  public double relative() {
    return outputs.stream().mapToDouble(Agreement::relative).max().orElse(0);
  }

  /** {@return the fields, with stable names} */
  public Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("file", file);
    json.put("network", network);
    json.put("parameters_hash", parametersHash);
    json.put("inputs", inputs);
    json.put("outputs", outputs.stream().map(Agreement::toJson).toList());
    return json;
  }

  /** {@return a row for each output and reference} */
  public Table table() {
    return new Table(COLUMNS, outputs.stream().map(Certificate::row).toList(), List.of());
  }

  private static List<Object> row(Agreement agreement) {
    String all = Integer.toString(agreement.examples());
    return List.of(
        agreement.output(),
        agreement.against().title(),
        all,
        shown(agreement.absolute()),
        shown(agreement.relative()),
        agreement.top5().map(same -> "%s of %s".formatted(same, all)).orElse("–"));
  }

  private static String shown(double x) {
    if (x == 0) {
      return "0";
    }
    return Double.isFinite(x) ? String.format(Locale.ROOT, "%.1e", x) : "∞";
  }
}
