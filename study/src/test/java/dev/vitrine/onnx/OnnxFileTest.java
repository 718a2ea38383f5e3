package dev.vitrine.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.nn.Activation;
import dev.vitrine.nn.BatchNorm2d;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.ConvTranspose2d;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Named;
import dev.vitrine.nn.NetworkBuilder;
import dev.vitrine.nn.Residual;
import dev.vitrine.nn.Sequential;
import dev.vitrine.op.BatchReduce;
import dev.vitrine.op.Call;
import dev.vitrine.op.CustomOp;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Shape;
import dev.vitrine.weights.onnx.OnnxModel;
import dev.vitrine.weights.onnx.OnnxNode;
import dev.vitrine.weights.onnx.OnnxValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxFileTest {
  private static final Shape IMAGE = Shape.of(3, 6, 6);
  private static final Path FILE = Path.of("small.onnx");

  @TempDir Path folder;

  private static OnnxModel written(Layer network) {
    return OnnxFile.of(Model.of(network, IMAGE), FILE);
  }

  private static List<String> lines(OnnxModel file) {
    return file.graph().nodes().stream().map(OnnxFileTest::line).toList();
  }

  private static String line(OnnxNode node) {
    return "%s: %s = %s(%s)"
        .formatted(
            node.name(),
            node.outputs().getFirst(),
            node.operator(),
            String.join(", ", node.inputs()));
  }

  @Test
  void everythingIsCalledAsItsLayer() {
    Layer body = Sequential.of(Conv2d.of(4, 3).padding(1).bias(false), BatchNorm2d.of());
    Layer network =
        Sequential.of(
            Named.of("stem", Conv2d.of(4, 1)),
            Named.of("block", Residual.of(body)),
            Activation.silu(),
            Flatten.of(),
            Named.of("head", Linear.of(2)));
    OnnxModel file = written(network);
    assertThat(lines(file))
        .containsExactly(
            "stem: stem = Conv(input, stem.weight, stem.bias)",
            "block.body.conv1: block.body.conv1 = Conv(stem, block.body.conv1.weight)",
            "block.body.batchnorm1: block.body.batchnorm1 = BatchNormalization(block.body.conv1,"
                + " block.body.batchnorm1.weight, block.body.batchnorm1.bias,"
                + " block.body.batchnorm1.running_mean, block.body.batchnorm1.running_var)",
            "block: block = Add(stem, block.body.batchnorm1)",
            "silu1.sigmoid: silu1.sigmoid = Sigmoid(block)",
            "silu1: silu1 = Mul(block, silu1.sigmoid)",
            "flatten1: flatten1 = Flatten(silu1)",
            "head: output = Gemm(flatten1, head.weight, head.bias)");
    assertThat(file.graph().name()).isEqualTo("small");
    assertThat(file.graph().inputs()).extracting(OnnxValue::name).containsExactly("input");
    assertThat(file.graph().inner()).extracting(OnnxValue::name).contains("block", "silu1.sigmoid");
    assertThat(file.producer()).isEqualTo("Vitrine");
  }

  /** The oldest opset and format that have all operators. */
  @Test
  void geluAsksForANewerOpset() {
    OnnxModel plain = written(Activation.relu());
    assertThat(plain.irVersion()).isEqualTo(8);
    assertThat(plain.opsets().get("")).isEqualTo(17);
    OnnxModel gelu = written(Activation.gelu());
    assertThat(gelu.irVersion()).isEqualTo(9);
    assertThat(gelu.opsets().get("")).isEqualTo(20);
  }

  @Test
  void aTransposedConvolutionHasItsBiasWithIt() {
    assertThat(lines(written(Sequential.of(ConvTranspose2d.of(2, 3).stride(2)))))
        .containsExactly(
            "convtranspose1: output = ConvTranspose(input, convtranspose1.weight,"
                + " convtranspose1.bias)");
  }

  @Test
  void aNetworkThatDoesNothingIsANodeThatDoesNothing() {
    assertThat(lines(written(Sequential.of()))).containsExactly("output: output = Identity(input)");
  }

  @Test
  void theSameNetworkGivesTheSameBytes() throws IOException {
    Model model = Model.of(Sequential.of(Conv2d.of(4, 3), Activation.silu()), IMAGE);
    Path a = folder.resolve("a").resolve("net.onnx");
    Path b = folder.resolve("b").resolve("net.onnx");
    Files.createDirectory(a.getParent());
    Files.createDirectory(b.getParent());
    OnnxFile.write(model, a);
    OnnxFile.write(model, b);
    assertThat(a).hasSameBinaryContentAs(b);
  }

  private record Odd() implements CustomOp {
    @Override
    public int arity() {
      return 1;
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      return inputs.getFirst();
    }

    @Override
    public void evaluate(Call call) {
      System.arraycopy(call.in(0), 0, call.out(), 0, call.out().length);
    }
  }

  private record Mixing() implements Layer {
    @Override
    public Value apply(NetworkBuilder network, Value x) {
      return network.subtract(x, network.apply(BatchReduce.MEAN, x));
    }
  }

  private record Strange() implements Layer {
    @Override
    public Value apply(NetworkBuilder network, Value x) {
      return network.apply(new Odd(), x);
    }
  }

  @Test
  void allLayersThatHaveNoFormAreListedAtOnce() {
    Layer network =
        Sequential.of(Named.of("a", new Strange()), Conv2d.of(2, 1), Named.of("b", new Mixing()));
    assertThatThrownBy(() -> written(network))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "2 of the network's layers cannot be written as ONNX: \"a\": Odd[] is an op of its own,"
                + " and is no OnnxForm; \"b\": it mixes the examples of a batch");
  }
}
