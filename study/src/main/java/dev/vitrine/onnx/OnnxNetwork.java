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
import dev.vitrine.weights.stored.StoredTensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
  /** The newest version of the operators that was looked at. */
  private static final long NEWEST_OPSET = 25;

  private final OnnxModel file;
  private final List<OnnxOutput> outputs;
  private final Map<String, Stored> fixed;

  /** Whether a batch is one example. */
  private final boolean whole;

  private final FileInputs inputs;

  /** Whether somebody said which value it is to end in. */
  private final boolean cut;

  private OnnxNetwork(
      OnnxModel file,
      List<OnnxOutput> outputs,
      Map<String, Stored> fixed,
      boolean whole,
      boolean cut) {
    this.file = file;
    this.outputs = List.copyOf(outputs);
    this.fixed = Map.copyOf(fixed);
    this.whole = whole;
    this.cut = cut;
    inputs = new FileInputs(file, fixed.keySet(), whole);
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
    OnnxOutput end =
        output
            .map(name -> OnnxOutput.named(file, name))
            .orElseGet(() -> OnnxOutput.all(file).getFirst());
    return open(file, List.of(end), fixed, output.isPresent());
  }

  private static OnnxNetwork open(
      OnnxModel file, List<OnnxOutput> outputs, Map<String, Stored> fixed, boolean cut) {
    OnnxNetwork batched = new OnnxNetwork(file, outputs, fixed, false, cut);
    List<String> faults = batched.check();
    if (faults.isEmpty()) {
      return batched;
    }
    OnnxNetwork whole = new OnnxNetwork(file, outputs, fixed, true, cut);
    if (batched.inputs.hasLargeBatch() && whole.check().isEmpty()) {
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

  /** {@return a sentence about operators that are newer than those known here, if they are} */
  public Optional<String> remark() {
    long opset = file.opsets().getOrDefault("", 0L);
    return opset <= NEWEST_OPSET
        ? Optional.empty()
        : Optional.of(
            "its operators are of opset %s, but the newest known is %s: taken as if nothing had changed since"
                .formatted(opset, NEWEST_OPSET));
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

  /**
   * {@return the network that makes all outputs of its file, softmaxes again as logits, not the
   * first alone, which a layer answers; itself if somebody named the value that it ends in}
   *
   * @throws UserException if nodes before another output cannot be translated
   */
  public OnnxNetwork withAllOutputs() {
    List<OnnxOutput> all = OnnxOutput.all(file);
    return cut || all.equals(outputs) ? this : open(file, all, fixed, false);
  }

  /** {@return what it makes, in order: what a layer answers is the first} */
  public List<OnnxOutput> outputs() {
    return outputs;
  }

  /** {@return the softmaxes that make its file's outputs of what it makes, in order} */
  public List<Optional<LastSoftmax>> softmaxes() {
    NetworkBuilder network = new NetworkBuilder(new Graph(), Mode.INFERENCE);
    Translation translation = translation(network, network.graph().input(Model.INPUT, input()));
    return softmaxes(ends(translation).orElseThrow());
  }

  private List<Optional<LastSoftmax>> softmaxes(List<Datum> ends) {
    List<Optional<LastSoftmax>> softmaxes = new ArrayList<>();
    for (int i = 0; i < ends.size(); i++) {
      softmaxes.add(LastSoftmax.of(file, outputs.get(i), (Flowing) ends.get(i)));
    }
    return softmaxes;
  }

  private static UserException refused(OnnxModel file, String fault) {
    return new UserException("%s: %s".formatted(Quote.place(file.file().toString()), fault));
  }

  private Translation translation(NetworkBuilder network, Value first) {
    Translation translation = new Translation(file, fixed, network);
    OnnxValue one = inputs.first();
    translation.input(one.name(), inputs.datum(one, first), FileInputs.isWhole(one));
    for (OnnxValue input : inputs.all().subList(1, inputs.all().size())) {
      Value value = network.graph().input(inputs.name(input), inputs.shape(input));
      translation.input(input.name(), inputs.datum(input, value), FileInputs.isWhole(input));
    }
    return translation;
  }

  private Optional<List<Datum>> ends(Translation translation) {
    return translation.run(outputs.stream().map(OnnxOutput::end).toList());
  }

  private List<String> check() {
    try {
      return faults();
    } catch (Refusal e) {
      return List.of(e.getMessage());
    }
  }

  private List<String> faults() {
    NetworkBuilder network = new NetworkBuilder(new Graph(), Mode.INFERENCE);
    Value x = network.graph().input(Model.INPUT, input());
    Translation translation = translation(network, x);
    List<Datum> ends = ends(translation).orElse(List.of());
    List<String> faults = new ArrayList<>(translation.faults());
    for (int i = 0; i < ends.size(); i++) {
      String end = Quote.of(outputs.get(i).end());
      if (ends.get(i) instanceof Known) {
        faults.add("%s is the same whatever goes in".formatted(end));
      } else if (ends.get(i) instanceof Flowing f && f.size() > 1 && f.batch() > 0) {
        faults.add("%s has its batch as axis %s".formatted(end, f.batch()));
      }
    }
    if (faults.isEmpty()) {
      softmaxes(ends); // an axis that there is not
    }
    if (faults.isEmpty() && !reads(network.graph(), ((Flowing) ends.getFirst()).value(), x)) {
      faults.add(
          "%s does not depend on the first input, %s"
              .formatted(Quote.of(outputs.getFirst().end()), Quote.of(inputs.first().name())));
    }
    return faults;
  }

  private static boolean reads(Graph graph, Value end, Value x) {
    return Heads.needed(graph, List.of(end)).contains(x);
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
    return inputs.shape(inputs.first());
  }

  /** {@return the tensors of the file that its parameters and buffers are of, by their names} */
  public Map<String, StoredTensor> tensors() {
    return translated().tensors();
  }

  /** {@return the numbers of the file that its nodes read and that are no parameters} */
  public List<OnnxConstant> constants() {
    return translated().constants();
  }

  private Translation translated() {
    NetworkBuilder network = new NetworkBuilder(new Graph(), Mode.INFERENCE);
    Translation translation = translation(network, network.graph().input(Model.INPUT, input()));
    ends(translation);
    return translation;
  }

  /** {@return the network with its numbers} */
  public Model model() {
    Model model = Model.of(this, input());
    translated().numbers().forEach((name, values) -> model.parameters().set(name, values.get()));
    return model;
  }

  @Override
  public Value apply(NetworkBuilder network, Value x) {
    return all(network, x).getFirst();
  }

  /** What it makes of an input, output by output. */
  List<Value> all(NetworkBuilder network, Value x) {
    Translation translation = translation(network, x);
    return ends(translation)
        .orElseThrow(() -> refused(file, String.join("; ", translation.faults())))
        .stream()
        .map(end -> withoutBatch(network, (Flowing) end))
        .toList();
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
