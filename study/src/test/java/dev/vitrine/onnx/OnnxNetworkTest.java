package dev.vitrine.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.error.UserException;
import dev.vitrine.format.DType;
import dev.vitrine.nn.Loss;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.nn.RunningStatistics;
import dev.vitrine.predict.Predictor;
import dev.vitrine.tensor.Shape;
import dev.vitrine.weights.onnx.OnnxAttribute;
import dev.vitrine.weights.onnx.OnnxGraph;
import dev.vitrine.weights.onnx.OnnxModel;
import dev.vitrine.weights.onnx.OnnxNode;
import dev.vitrine.weights.onnx.OnnxValue;
import dev.vitrine.weights.stored.Stored;
import dev.vitrine.weights.stored.StoredTensor;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OnnxNetworkTest {
  private final List<OnnxNode> nodes = new ArrayList<>();
  private final LinkedHashMap<String, Stored> tensors = new LinkedHashMap<>();
  private String type = "float";
  private long opset = 13;

  private OnnxNetworkTest node(String operator, String inputs, String output, Object... settings) {
    Map<String, OnnxAttribute> attributes = new LinkedHashMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      String name = (String) settings[i];
      attributes.put(
          name,
          settings[i + 1] instanceof int[] list
              ? OnnxAttribute.of(name, Arrays.stream(list).asLongStream().boxed().toList())
              : OnnxAttribute.of(name, (Integer) settings[i + 1]));
    }
    nodes.add(
        new OnnxNode("", operator, "", List.of(inputs.split(" ")), List.of(output), attributes));
    return this;
  }

  private OnnxNetworkTest floats(String name, List<Long> dims, float... numbers) {
    MemorySegment data = MemorySegment.ofArray(numbers);
    tensors.put(
        name,
        new Stored.Numbers(StoredTensor.rows(DType.F32, ByteOrder.nativeOrder(), dims, data)));
    return this;
  }

  private OnnxNetworkTest longs(String name, long... numbers) {
    MemorySegment data = MemorySegment.ofArray(numbers);
    List<Long> dims = List.of((long) numbers.length);
    tensors.put(
        name,
        new Stored.Numbers(StoredTensor.rows(DType.I64, ByteOrder.nativeOrder(), dims, data)));
    return this;
  }

  /** A model with an input x whose first size is a symbol and an output y. */
  private OnnxModel model(long... rest) {
    List<OnnxValue.Dim> dims = new ArrayList<>(List.of(new OnnxValue.Dim(0, "n")));
    Arrays.stream(rest).forEach(size -> dims.add(new OnnxValue.Dim(size, "")));
    OnnxValue x = new OnnxValue("x", type, Optional.of(dims));
    OnnxValue y = new OnnxValue("y", "float", Optional.empty());
    OnnxGraph graph = new OnnxGraph("", nodes, tensors, List.of(x), List.of(y), List.of());
    return new OnnxModel(Path.of("made.onnx"), 8, "", "", Map.of("", opset), graph, 0);
  }

  private static float[] run(OnnxModel file, Optional<String> output, float... input) {
    try (Predictor predictor = Predictor.of(OnnxNetwork.of(file, output, Map.of()))) {
      return predictor.predict(input);
    }
  }

  @Test
  void shapesOfTheBatchAreFoldedIntoAReshape() {
    node("Shape", "x", "sizes").longs("zero", 0).node("Gather", "sizes zero", "n", "axis", 0);
    longs("rest", -1).node("Concat", "n rest", "target", "axis", 0);
    node("Reshape", "x target", "flat")
        .floats("fc.weight", List.of(2L, 4L), 1, 2, 3, 4, 0, 0, 0, 1);
    node("Gemm", "flat fc.weight", "y", "transB", 1);
    Model model = OnnxNetwork.of(model(2, 2), Optional.empty(), Map.of());
    assertThat(model.input()).isEqualTo(Shape.of(2, 2));
    assertThat(model.specs()).extracting(ParameterSpec::name).containsExactly("fc.weight");
    assertThat(run(model(2, 2), Optional.empty(), 1, 1, 1, 2)).containsExactly(14, 2);
  }

  @Test
  void aLastSoftmaxIsLeftOutUnlessItIsAskedFor() {
    node("Relu", "x", "logits").node("Softmax", "logits", "y", "axis", 1);
    assertThat(run(model(2), Optional.empty(), 3, -1)).containsExactly(3, 0);
    assertThat(run(model(2), Optional.of("y"), 0, 0)).containsExactly(0.5f, 0.5f);
  }

  @Test
  void anOutputThatIsATensorOfNoKnownTypeIsRefused() {
    tensors.put("y", new Stored.Unread("tensor of type 99", "its numbers are not read"));
    assertThatThrownBy(() -> OnnxNetwork.of(model(2), Optional.empty(), Map.of()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("1 of its nodes cannot be read: it reads tensor of type 99");
  }

  @Test
  void beforeOpset7TheSecondInputIsPutAtAnAxis() {
    opset = 6;
    floats("b", List.of(2L), 10, 20).node("Add", "x b", "y", "broadcast", 1, "axis", 1);
    assertThat(run(model(2, 2), Optional.empty(), 1, 2, 3, 4)).containsExactly(11, 12, 23, 24);
  }

  @Test
  void operatorsOfATimeToComeAreRemarkedOn() {
    opset = 25;
    node("Relu", "x", "y");
    assertThat(opened().remark()).isEmpty();
    opset = 26;
    assertThat(opened().remark())
        .contains(
            "its operators are of opset 26, but the newest known is 25: taken as if nothing had changed since");
  }

  /** A parameter's numbers are looked at where they are read, and what no example changes here. */
  @Test
  void constantsAreWhatNodesReadThatIsNoParameter() {
    floats("least", List.of(), Float.NEGATIVE_INFINITY).node("Clip", "x least", "a");
    floats("two", List.of(2L), 1, 2).node("Add", "a two", "b");
    floats("more", List.of(1L, 2L), 1, Float.NaN).node("Concat", "b more", "y", "axis", 1);
    OnnxNetwork network = opened();
    assertThat(network.constants()).extracting(OnnxConstant::name).containsExactly("least", "more");
    assertThat(network.constants()).extracting(OnnxConstant::isBound).containsExactly(true, false);
    assertThat(network.constants().getLast().numbers()).containsExactly(1, Double.NaN);
    assertThat(network.tensors()).hasSize(1);
  }

  private OnnxNetwork opened() {
    return (OnnxNetwork) OnnxNetwork.of(model(2), Optional.empty(), Map.of()).network();
  }

  @Test
  void allNodesThatCannotBeReadAreListedAtOnce() {
    node("Det", "x", "a").node("Relu", "a", "b").node("Relu", "gone", "c");
    longs("shape", 5, 5).node("Reshape", "x shape", "d").node("Sum", "b c d", "y");
    assertThatThrownBy(() -> OnnxNetwork.of(model(2, 2), Optional.empty(), Map.of()))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "made.onnx: 3 of its nodes cannot be read: \"a\" (Det, opset 13): the operator is not"
                + " among those that are done; \"c\" (Relu, opset 13): it reads \"gone\", which"
                + " nothing before it makes; \"d\" (Reshape, opset 13): [1, 2, 2] cannot become"
                + " [5, 5]");
  }

  @Test
  void whatAnOutputDoesNotNeedMayBeAnything() {
    node("Relu", "x", "inner").node("Det", "inner", "y");
    assertThat(run(model(2), Optional.of("inner"), -1, 2)).containsExactly(0, 2);
  }

  @Test
  void anImportedNetworkHasGradientsOfItsNumbers() {
    floats("c.weight", List.of(2L, 1L, 1L, 1L), 1, -1).floats("c.bias", List.of(2L), 0, 1);
    node("Conv", "x c.weight c.bias", "h").node("Flatten", "h", "y");
    Model model = OnnxNetwork.of(model(1, 1, 1), Optional.empty(), Map.of());
    assertThat(model.training(Loss.crossEntropy()).gradients().keySet())
        .containsExactlyInAnyOrder("c.weight", "c.bias");
    assertThat(model.parameters().get("c.weight")).containsExactly(1, -1);
  }

  /** As a network that sees two scales with one filter. */
  @Test
  void aTensorThatTwoNodesReadIsOneParameter() {
    floats("w", List.of(1L, 1L, 1L, 1L), 3).floats("b", List.of(1L), 1);
    node("Conv", "x w b", "near").node("Conv", "near w", "y");
    Model model = OnnxNetwork.of(model(1, 2, 2), Optional.empty(), Map.of());
    assertThat(model.specs())
        .extracting(ParameterSpec::name)
        .containsExactly("conv1.weight", "conv1.bias");
    assertThat(run(model(1, 2, 2), Optional.empty(), 1, 0, 2, -1)).containsExactly(12, 3, 21, -6);
    assertThat(model.training(Loss.meanSquaredError()).gradients()).hasSize(2);
  }

  /** PyTorch writes equal tensors once and the others as their identity: they are no towers. */
  @Test
  void aTensorBehindAnIdentityIsAParameterOfItsOwn() {
    floats("w", List.of(1L, 1L, 1L, 1L), 3).node("Identity", "w", "second");
    node("Conv", "x w", "near").node("Conv", "near second", "y");
    Model model = OnnxNetwork.of(model(1, 1, 1), Optional.empty(), Map.of());
    assertThat(model.specs()).hasSize(2);
  }

  @Test
  void twoNormalisationsOfTheSameAveragesMoveThemInTurn() {
    for (String name : List.of("scale", "shift", "mean", "var")) {
      floats(name, List.of(2L), 0.5f, 2);
    }
    node("BatchNormalization", "x scale shift mean var", "h");
    node("BatchNormalization", "h scale shift mean var", "y");
    Model model = OnnxNetwork.of(model(2), Optional.empty(), Map.of());
    assertThat(model.specs()).hasSize(4);
    Model.Training training = model.training(Loss.meanSquaredError());
    assertThat(training.gradients()).hasSize(2);
    assertThat(training.statistics())
        .extracting(RunningStatistics::mean)
        .containsExactly("batchnormalization1.running_mean", "batchnormalization1.running_mean");
  }

  @Test
  void geluWrittenByAnErrorFunctionIsGelu() {
    floats("root", List.of(), 1.4142135f)
        .floats("one", List.of(), 1)
        .floats("half", List.of(), 0.5f);
    List<OnnxNode> common =
        List.copyOf(
            node("Div", "x root", "u").node("Erf", "u", "e").node("Add", "e one", "s").nodes);
    for (String[] order :
        new String[][] {
          {"x s", "p half"}, {"s half", "x p"}, {"half s", "p x"}, {"s x", "half p"}
        }) {
      nodes.clear();
      nodes.addAll(common);
      node("Mul", order[0], "p").node("Mul", order[1], "y");
      requireGelu();
    }
    nodes.clear();
    nodes.addAll(common);
    node("Mul", "half x", "h").node("Mul", "h s", "y");
    requireGelu();
  }

  private void requireGelu() {
    Model model = OnnxNetwork.of(model(3), Optional.empty(), Map.of());
    assertThat(model.inference().graph().values())
        .extracting(value -> value.op().getClass().getSimpleName())
        .containsExactly("Input", "Gelu");
  }

  /** What is read in between would not be there. */
  @Test
  void anErrorFunctionByItselfIsComposed() {
    node("Erf", "x", "y");
    float[] y = run(model(4), Optional.empty(), 0, 1, -0.5f, 5);
    assertThat(y[0]).isZero();
    assertThat(y[1]).isCloseTo(0.8427008f, within(3e-7f));
    assertThat(y[2]).isCloseTo(-0.5204999f, within(3e-7f));
    assertThat(y[3]).isEqualTo(1);
  }

  /** Pixels may come as whole numbers; ONNX's division of them would drop what is left over. */
  @Test
  void wholeNumbersAreNotComputedWithAsIfTheyWereRealOnes() {
    type = "U8";
    longs("two", 2).floats("half", List.of(), 0.5f);
    node("Add", "x two", "a").node("Cast", "a", "b", "to", 1).node("Mul", "b half", "y");
    assertThat(run(model(2), Optional.empty(), 3, 4)).containsExactly(2.5f, 3);
    for (String operator : List.of("Div", "Pow", "ReduceMean", "Sqrt")) {
      nodes.clear();
      node("Add", "x two", "a");
      node(operator, List.of("Div", "Pow").contains(operator) ? "a two" : "a", "y");
      assertThatThrownBy(() -> OnnxNetwork.of(model(2), Optional.empty(), Map.of()))
          .isInstanceOf(UserException.class)
          .hasMessage(
              "made.onnx: 1 of its nodes cannot be read: \"y\" (%s, opset 13): what it makes of whole numbers is not done: cast them to float before it"
                  .formatted(operator));
    }
    type = "float";
    nodes.clear();
    node("Div", "x half", "y");
    assertThat(run(model(2), Optional.empty(), 3, 4)).containsExactly(6, 8);
  }

  /** As PyTorch works out the sizes of {@code x.expand(-1, 3)}. */
  @Test
  void comparisonsAndChoicesOfConstantsAreFolded() {
    longs("want", -1, 3).longs("all", -1, -1).longs("ones", 1, 1);
    node("Equal", "want all", "kept").node("Where", "kept ones want", "sizes");
    node("Expand", "x sizes", "y");
    assertThat(run(model(1), Optional.empty(), 7)).containsExactly(7, 7, 7);
    Map<String, float[]> answers =
        Map.of(
            "Less", new float[] {0, 1, 0},
            "LessOrEqual", new float[] {1, 1, 0},
            "Greater", new float[] {0, 0, 1},
            "GreaterOrEqual", new float[] {1, 0, 1},
            "Equal", new float[] {1, 0, 0},
            "And", new float[] {1, 0, 0},
            "Or", new float[] {1, 1, 1},
            "Xor", new float[] {0, 1, 1});
    answers.forEach((operator, answer) -> {
      nodes.clear();
      longs("a", 2, 0, 2).longs("b", 2, 2, 0);
      node(operator, "a b", "c").node("Cast", "c", "d", "to", 1).node("Add", "x d", "y");
      assertThat(run(model(3), Optional.empty(), 0, 0, 0)).as(operator).containsExactly(answer);
    });
    nodes.clear();
    longs("a", 2, 0, 2).node("Not", "a", "c").node("Cast", "c", "d", "to", 1);
    node("Add", "x d", "y");
    assertThat(run(model(3), Optional.empty(), 0, 0, 0)).containsExactly(0, 1, 0);
    nodes.clear();
    node("Greater", "x a", "y");
    assertThatThrownBy(() -> OnnxNetwork.of(model(3), Optional.empty(), Map.of()))
        .hasMessageContaining("(Greater, opset 13): its input 0 depends on the network's input");
  }

  private void tooMany(String fault) {
    assertThatThrownBy(() -> OnnxNetwork.of(model(2), Optional.empty(), Map.of()))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("made.onnx: 1 of its nodes cannot be read: ")
        .hasMessageContaining(fault);
  }

  /** A file of a few bytes could otherwise ask for gigabytes. */
  @Test
  void constantsThatGrowBeyondTheFileAreRefusedBeforeTheyAreMade() {
    floats("k", List.of(1L), 1).longs("large", 20_000, 20_000, 1);
    node("Expand", "k large", "c").node("Add", "x c", "y");
    tooMany("\"c\" (Expand, opset 13): the 400000000 numbers of a constant of");
    nodes.clear();
    longs("vast", 100_000, 100_000, 100_000);
    node("Expand", "k vast", "c").node("Add", "x c", "y");
    tooMany("\"c\" (Expand, opset 13): it makes a tensor of 1000000000000000 numbers");
    nodes.clear();
    String last = "k";
    for (int i = 0; i < 40; i++) {
      node("Concat", last + " " + last, "c" + i, "axis", 0);
      last = "c" + i;
    }
    node("Add", "x " + last, "y");
    tooMany("(Concat, opset 13): the 4194304 numbers of a constant of [4194304] are too many");
    nodes.clear();
    longs("tall", 5000, 1).longs("wide", 1, 5000);
    node("Expand", "k tall", "a").node("Expand", "k wide", "b").node("Mul", "a b", "c");
    node("Add", "x c", "y");
    tooMany("\"c\" (Mul, opset 13): the 25000000 numbers of a constant of [5000, 5000]");
    nodes.clear();
    longs("sizes", 5000, 5000).node("ConstantOfShape", "sizes", "a").node("Exp", "a", "c");
    node("Add", "x c", "y");
    tooMany("\"c\" (Exp, opset 13): the 25000000 numbers of a constant of [5000, 5000]");
  }
}
