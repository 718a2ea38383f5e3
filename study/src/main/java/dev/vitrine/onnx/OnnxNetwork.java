package dev.vitrine.onnx;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.graph.Graph;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Mode;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.NetworkBuilder;
import dev.vitrine.op.Ops;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Shape;
import dev.vitrine.weights.onnx.OnnxModel;
import dev.vitrine.weights.onnx.OnnxValue;
import dev.vitrine.weights.stored.Stored;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A network that was trained elsewhere, as a layer: each node of its graph is one within it, under
 * the node's name, or that of its weight. It can be summarised, run, and trained further. One
 * example goes in and comes out, without the axis of ONNX's batch; where that is longer than 1 in
 * the file and the graph mixes what lies along it, all of it is one example.
 */
public final class OnnxNetwork implements Layer {
  private final OnnxModel file;
  private final String output;
  private final Map<String, Stored> fixed;
  private final boolean whole;

  private OnnxNetwork(OnnxModel file, String output, Map<String, Stored> fixed, boolean whole) {
    this.file = file;
    this.output = output;
    this.fixed = fixed;
    this.whole = whole;
  }

  /**
   * Reads a network with its numbers.
   *
   * @param path an ONNX file
   * @param output the value that it is to end in; its first output if empty, or the logits that a
   *     softmax makes it of
   * @return the model; its first input is called {@link Model#INPUT}, others as in the file
   * @throws UserException if the file cannot be read, or has nodes that cannot be translated, all
   *     of which are listed
   */
  public static Model read(Path path, Optional<String> output) {
    return open(path, output).model();
  }

  /**
   * {@return the network of a model with its numbers}
   *
   * @param file the model
   * @param output the value that it is to end in; its first output if empty, or the logits that a
   *     softmax makes it of
   * @param fixed inputs that are not the network's but numbers of it, by name
   * @throws UserException as {@link #read}
   */
  public static Model of(OnnxModel file, Optional<String> output, Map<String, Stored> fixed) {
    return open(file, output, fixed).model();
  }

  private static OnnxNetwork open(
      OnnxModel file, Optional<String> output, Map<String, Stored> fixed) {
    String end = output.orElseGet(() -> logits(file));
    OnnxNetwork batched = new OnnxNetwork(file, end, Map.copyOf(fixed), false);
    List<String> faults = batched.check();
    if (faults.isEmpty()) {
      return batched;
    }
    OnnxNetwork whole = new OnnxNetwork(file, end, Map.copyOf(fixed), true);
    if (batched.hasLargeBatch() && whole.check().isEmpty()) {
      return whole;
    }
    throw refused(
        file,
        "%s of its nodes cannot be read: %s".formatted(faults.size(), String.join("; ", faults)));
  }

  /**
   * Reads a network, not yet its numbers.
   *
   * @param path an ONNX file
   * @param output the value that it is to end in; its first output if empty, or the logits that a
   *     softmax makes it of
   * @return the network, for {@link #model}
   * @throws UserException as {@link #read}
   */
  public static OnnxNetwork open(Path path, Optional<String> output) {
    return open(OnnxModel.read(path), output, Map.of());
  }

  /**
   * {@return whether a file is an ONNX model, by its content, or called one}
   *
   * @param path any path
   */
  public static boolean isOne(Path path) {
    return Files.isRegularFile(path)
        && (path.toString().toLowerCase(Locale.ROOT).endsWith(".onnx")
            || OnnxModel.recognises(path));
  }

  /** The first output; what goes into it, if it is a softmax, which losses and readers take. */
  private static String logits(OnnxModel file) {
    String end =
        file.graph().outputs().stream()
            .map(OnnxValue::name)
            .findFirst()
            .orElseThrow(() -> refused(file, "the graph has no outputs"));
    return file.graph().nodes().stream()
        .filter(node -> node.operator().equals("Softmax") && node.outputs().contains(end))
        .flatMap(node -> node.inputs().stream())
        .findFirst()
        .orElse(end);
  }

  private static UserException refused(OnnxModel file, String fault) {
    return new UserException("%s: %s".formatted(Quote.place(file.file().toString()), fault));
  }

  private List<OnnxValue> inputs() {
    return file.graph().inputs().stream()
        .filter(input ->
            !fixed.containsKey(input.name())
                && !file.graph().initialisers().containsKey(input.name()))
        .toList();
  }

  private OnnxValue first() {
    return inputs().stream().findFirst().orElseThrow(() -> refused(file, "the graph has no input"));
  }

  private boolean hasLargeBatch() {
    return batch(first()) >= 0 && dims(first())[batch(first())] > 1;
  }

  /** ONNX's sizes of an input; a symbol is 1 where it counts the examples. */
  private long[] dims(OnnxValue input) {
    List<OnnxValue.Dim> given =
        input
            .dims()
            .orElseThrow(
                () -> refused(file, "input %s has no shape".formatted(Quote.of(input.name()))));
    long[] dims = new long[given.size()];
    int batch = batch(input);
    for (int a = 0; a < dims.length; a++) {
      OnnxValue.Dim dim = given.get(a);
      if (!dim.isKnown() && a != batch) {
        throw refused(
            file,
            "input %s has sizes of %s, of which %s is not known: export the network for one size"
                .formatted(
                    Quote.of(input.name()),
                    given.stream()
                        .map(d -> d.isKnown() ? "" + d.size() : "?" + d.symbol())
                        .toList(),
                    dim.symbol().isEmpty() ? "axis " + a : Quote.of(dim.symbol())));
      }
      dims[a] = dim.isKnown() ? dim.size() : 1;
    }
    return dims;
  }

  private static int batch(OnnxValue input) {
    return input.dims().map(List::size).orElse(0) == 0 ? -1 : 0;
  }

  /** The shape of an example of an input. */
  private Shape shape(OnnxValue input) {
    long[] dims = dims(input);
    if (Arrays.stream(dims).anyMatch(size -> size > Integer.MAX_VALUE)) {
      throw refused(file, "input %s is too large".formatted(Quote.of(input.name())));
    }
    return Flowing.shape(whole ? dims : Flowing.without(dims, batch(input)));
  }

  private Datum datum(OnnxValue input, Value value) {
    int batch = whole ? -1 : batch(input);
    return new Flowing(value, batch, batch < 0 ? 1 : dims(input)[batch]);
  }

  private Translation translation(NetworkBuilder network, Value first) {
    Translation translation = new Translation(file, fixed, network);
    List<OnnxValue> inputs = inputs();
    translation.input(inputs.getFirst().name(), datum(inputs.getFirst(), first));
    for (OnnxValue input : inputs.subList(1, inputs.size())) {
      Value value = network.graph().input(input.name(), shape(input));
      translation.input(input.name(), datum(input, value));
    }
    return translation;
  }

  private List<String> check() {
    NetworkBuilder network = new NetworkBuilder(new Graph(), Mode.INFERENCE);
    Value x = network.graph().input(Model.INPUT, shape(first()));
    Translation translation = translation(network, x);
    Optional<Datum> end = translation.run(output);
    if (end.isPresent() && end.get() instanceof Known) {
      return List.of("%s is the same whatever goes in".formatted(Quote.of(output)));
    }
    if (end.isPresent() && end.get() instanceof Flowing f && f.size() > 1 && f.batch() > 0) {
      return List.of("%s has its batch as axis %s".formatted(Quote.of(output), f.batch()));
    }
    return translation.faults();
  }

  /** {@return what the file is called, without its ending} */
  public String name() {
    String name = String.valueOf(file.file().getFileName());
    return name.replaceFirst("(?<=.)\\.[^.]*$", "");
  }

  /** {@return the texts that go with the file, by key} */
  public Map<String, String> metadata() {
    return file.metadata();
  }

  /** {@return the shape of an example} */
  public Shape input() {
    return shape(first());
  }

  /** {@return the network with its numbers} */
  public Model model() {
    Model model = Model.of(this, input());
    NetworkBuilder network = new NetworkBuilder(new Graph(), Mode.INFERENCE);
    Translation translation =
        translation(network, network.graph().input(Model.INPUT, model.input()));
    translation.run(output);
    var numbers = new LinkedHashMap<>(translation.numbers());
    numbers.forEach((name, values) -> model.parameters().set(name, values.get()));
    return model;
  }

  @Override
  public Value apply(NetworkBuilder network, Value x) {
    Translation translation = translation(network, x);
    Datum end =
        translation
            .run(output)
            .orElseThrow(() -> refused(file, String.join("; ", translation.faults())));
    return withoutBatch(network, (Flowing) end);
  }

  /** An example's output without the axis of a batch of one, and a class's without a plane's. */
  private Value withoutBatch(Ops ops, Flowing end) {
    boolean one = !whole && !end.isBatched() && end.rank() > 1 && end.dims()[0] == 1;
    long[] dims = Flowing.without(end.dims(), one ? 0 : end.batch());
    boolean vector = dims.length > 1 && Known.product(dims, 1, dims.length) == 1;
    return vector ? ops.flatten(end.value()) : ops.reshape(end.value(), Flowing.shape(dims));
  }

  @Override
  public String label() {
    return "onnx";
  }

  @Override
  public String toString() {
    Path name = file.file().getFileName();
    return "Onnx(%s)".formatted(Quote.of(name == null ? file.file() : name));
  }
}
