package dev.vitrine.op;

import static java.lang.Double.NaN;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.graph.Gradient;
import dev.vitrine.graph.Graph;
import dev.vitrine.graph.Interpreter;
import dev.vitrine.nn.AdaptiveAvgPool2d;
import dev.vitrine.nn.BatchNorm2d;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.ConvTranspose2d;
import dev.vitrine.nn.Dropout2d;
import dev.vitrine.nn.GlobalAvgPool2d;
import dev.vitrine.nn.Initializer;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.LocalResponseNorm;
import dev.vitrine.nn.MaxPool2d;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Residual;
import dev.vitrine.nn.Sequential;
import dev.vitrine.nn.ZeroPad1d;
import dev.vitrine.nn.ZeroPad2d;
import dev.vitrine.tensor.Shape;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Every sentence that a wrong shape or size ends in, word for word. */
class ErrorSentencesTest {
  private static void says(String sentence, ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(UserException.class).hasMessage(sentence);
  }

  private static Shape shape(Op op, Shape... inputs) {
    return op.shape(List.of(inputs));
  }

  @Test
  void affine() {
    Op op = new Affine(true);
    Shape w = Shape.of(10, 500);
    says(
        "Linear(500 → 10) expects 500 input features, but its input is (400)",
        () -> shape(op, Shape.of(400), w, Shape.of(10)));
    says(
        "Linear(500 → 10) expects 500 input features, but its input is (50, 4, 4): flatten it first",
        () -> shape(op, Shape.of(50, 4, 4), w, Shape.of(10)));
    says(
        "Linear(500 → 10) expects a bias of shape (10), but got (11)",
        () -> shape(op, Shape.of(500), w, Shape.of(11)));
    says(
        "Linear expects a weight of shape (out, in), but got (5000)",
        () -> shape(op, Shape.of(500), Shape.of(5000), Shape.of(10)));
  }

  @Test
  void convolution() {
    Op op = new Convolution(Window.of(3), 1, true);
    says(
        "Conv2d(3 → 16, 3×3) expects 3 input channels, but its input is (1, 28, 28)",
        () -> shape(op, Shape.of(1, 28, 28), Shape.of(16, 3, 3, 3), Shape.of(16)));
    says(
        "Conv2d(1 → 16, 3×3) expects a bias of shape (16), but got (1)",
        () -> shape(op, Shape.of(1, 28, 28), Shape.of(16, 1, 3, 3), Shape.of(1)));
    says(
        "Conv2d(2 → 3, 3×3) expects outChannels to be a multiple of its 2 groups",
        () ->
            shape(
                new Convolution(Window.of(3), 2, false), Shape.of(2, 5, 5), Shape.of(3, 1, 3, 3)));
  }

  @Test
  void windows() {
    assertThatThrownBy(() -> shape(new MaxPool(Window.of(3)), Shape.of(1, 2, 9)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "MaxPool(3×3) expects an input of at least 3×3 with its padding, but got (1, 2, 9): use a smaller kernel or more padding");
    assertThatThrownBy(() -> shape(new MaxPool(Window.of(2)), Shape.scalar()))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith(" expects an input of shape (C, H, W), but got ()");
    says("stride expects 1 or more, but got 0", () -> Window.of(2).stride(0));
    says("kernelSize expects 1 or more, but got -1", () -> Window.of(-1));
    says("dilation expects 1 or more, but got 0", () -> Window.of(2).dilation(0));
    says("padding expects 0 or more, but got -1", () -> Window.of(2).padding(-1));
  }

  @Test
  void elementwise() {
    says(
        "Add expects two values of the same shape, but got (3) and (4): broadcast one of them",
        () -> shape(Binary.ADD, Shape.of(3), Shape.of(4)));
    says(
        "Broadcast to (3, 4) expects an input whose axes are those of the target or 1, but got (3)",
        () -> shape(new Broadcast(Shape.of(3, 4)), Shape.of(3)));
    says(
        "Reshape to (3, 4) expects 12 elements, but its input (13) has 13",
        () -> shape(new Reshape(Shape.of(3, 4)), Shape.of(13)));
    says("Sum expects an axis of (3, 4), but got 2", () -> Sum.over(Shape.of(3, 4), 2));
    says(
        "Sum expects an input of shape (3), but got (4)",
        () -> shape(Sum.over(Shape.of(3)), Shape.of(4)));
  }

  @Test
  void moves() {
    says(
        "Concat(axis 1) expects inputs with more axes, but got (3)",
        () -> shape(new Concat(1), Shape.of(3), Shape.of(3)));
    says(
        "Concat(axis 0) expects inputs that differ only along that axis, but got [(1, 2), (1, 3)]",
        () -> shape(new Concat(0), Shape.of(1, 2), Shape.of(1, 3)));
    says(
        "Slice(axis 0, 2 … 4) expects an input that reaches that far, but got (4)",
        () -> shape(new Slice(0, 2, 3), Shape.of(4)));
    says(
        "Slice(axis 0, 2147483647 … 2147483647) expects an input that reaches that far, but got"
            + " (4)",
        () -> shape(new Slice(0, Integer.MAX_VALUE, 1), Shape.of(4)));
    says(
        "Slice expects an axis of 0 or more and 0 ≤ from < to, but got axis -1, from 0 to 2",
        () -> new dev.vitrine.nn.Slice(-1, 0, 2));
    says(
        "Slice expects an axis of 0 or more and 0 ≤ from < to, but got axis 0, from 2 to 2",
        () -> new dev.vitrine.nn.Slice(0, 2, 2));
    says(
        "Slice(1, 2…6) expects an input with an axis 1 of 6 or more, but its input is (8, 5, 5)",
        () -> Model.inference(new dev.vitrine.nn.Slice(1, 2, 6), Shape.of(8, 5, 5)));
    says(
        "Slice(3, 0…1) expects an input with an axis 3 of 1 or more, but its input is (8, 5, 5)",
        () -> Model.inference(new dev.vitrine.nn.Slice(3, 0, 1), Shape.of(8, 5, 5)));
  }

  @Test
  void laterOps() {
    says("Clip expects a min below its max, but got 1 and 1", () -> new Rectifier.Clip(1, 1));
    says("Clip expects a min below its max, but got NaN and 1", () -> new Rectifier.Clip(NaN, 1));
    says(
        "AdaptiveAvgPool2d expects an output of at least 1×1, but got 0×2",
        () -> AdaptiveAvgPool2d.of(0, 2));
    says(
        "AdaptiveAvgPool2d(2×2) expects an input of shape (C, H, W), but got (8)",
        () -> model(AdaptiveAvgPool2d.of(2), 8));
    says(
        "GlobalAvgPool2d expects an image (C, H, W), but its input is (8)",
        () -> model(GlobalAvgPool2d.of(), 8));
    says(
        "PRelu expects channels first and a slope for each, but got (3, 2, 2) and (2)",
        () -> shape(new PRelu(), Shape.of(3, 2, 2), Shape.of(2)));
    says(
        "PRelu expects channels, but its input is a single number",
        () -> model(dev.vitrine.nn.PRelu.of()));
    says(
        "Permute expects each axis from 0 to 2 once, but got [0, 2, 2]",
        () -> dev.vitrine.nn.Permute.of(0, 2, 2));
    says(
        "Permute[1, 0] expects an input with 2 axes, but got (3, 8, 8)",
        () -> model(dev.vitrine.nn.Permute.of(1, 0), 3, 8, 8));
    says("padding expects 0 or more, but got -1", () -> ZeroPad2d.of(0, -1, 2, 0));
    says(
        "ZeroPad2d(1+1×1+1) expects an image (C, H, W), but its input is (8)",
        () -> model(ZeroPad2d.of(1), 8));
    says("padding expects 0 or more, but got -1", () -> ZeroPad1d.of(-1, 2));
    says(
        "ZeroPad1d(0+1) expects a vector (C), but its input is (1, 2, 2)",
        () -> model(ZeroPad1d.of(0, 1), 1, 2, 2));
    says(
        "Dropout2d(0.5) expects an image (C, H, W), but its input is (8)",
        () -> model(Dropout2d.of(0.5), 8));
    says("Dropout expects a rate in [0, 1), but got 2", () -> model(Dropout2d.of(2), 1, 8, 8));
  }

  @Test
  void transposedConvolutions() {
    says(
        "ConvTranspose2d expects outChannels to be a positive multiple of its groups, but got 3 and 2",
        () -> ConvTranspose2d.of(3, 1).groups(2));
    says(
        "ConvTranspose2d(4, 3×3, groups 2) expects an image (C, H, W) with C a multiple of 2, but its input is (3, 8, 8)",
        () -> model(ConvTranspose2d.of(4, 3).groups(2), 3, 8, 8));
    says(
        "ConvTranspose2d(4, 3×3, outputPadding 1) expects an outputPadding below its stride 1, but got 1",
        () -> model(ConvTranspose2d.of(4, 3).outputPadding(1), 3, 8, 8));
    says(
        "ConvTranspose2d(4, 3×3, padding 2) expects an input that its padding leaves something of, but got (3, 1, 1): use less padding",
        () -> model(ConvTranspose2d.of(4, 3).padding(2), 3, 1, 1));
  }

  @Test
  void classes() {
    says(
        "Softmax expects a vector or an image, but got a single number",
        () -> shape(new Softmax(), Shape.scalar()));
    says(
        "LogSoftmax expects a vector or an image, but got a single number",
        () -> shape(new LogSoftmax(), Shape.scalar()));
    says(
        "SoftmaxCrossEntropy expects logits of shape (classes) and a class number of shape (), but got (10) and (10)",
        () -> shape(new SoftmaxCrossEntropy(0), Shape.of(10), Shape.of(10)));
    says(
        "The label smoothing expects a share in [0, 1), but got 1",
        () -> new SoftmaxCrossEntropy(1));
    says("Dropout expects a rate in [0, 1), but got 1", () -> new DropoutMask(1, "dropout1"));
  }

  @Test
  void localResponses() {
    says(
        "LocalResponseNorm expects an image (C, H, W) or a vector (C), but got a single number",
        () -> shape(new Lrn(1, 1, 0.1, 0.75, 1), Shape.scalar()));
    says(
        "LocalResponseNorm expects a window of 1 or more channels, but got -1 before and 2 after",
        () -> new Lrn(-1, 2, 0.1, 0.75, 1));
    says(
        "LocalResponseNorm expects a size of 1 or more channels, but got 0",
        () -> LocalResponseNorm.of(0));
    says(
        "LocalResponseNorm expects an alpha of 0 or more, but got -1",
        () -> LocalResponseNorm.of(4).alpha(-1));
    says(
        "LocalResponseNorm expects a bias above 0, but got 0",
        () -> LocalResponseNorm.of(5).bias(0));
  }

  @Test
  void batchNormalisation() {
    says(
        "BatchNorm of (3, 2, 2) expects a number for each channel, (3), but got (2)",
        () ->
            shape(
                new BatchNorm(1, false),
                Shape.of(3, 2, 2),
                Shape.of(3),
                Shape.of(3),
                Shape.of(2),
                Shape.of(3)));
    says(
        "BatchNorm expects an image (C, H, W) or a vector (C), but got a single number",
        () -> shape(new ChannelSum.Mean(), Shape.scalar()));
    says("BatchNorm expects an eps above 0, but got 0", () -> new BatchNorm(0, true));
    says("BatchNorm2d expects an eps above 0, but got 0", () -> BatchNorm2d.of().eps(0));
    says(
        "BatchNorm2d expects a momentum in (0, 1], but got 1.5",
        () -> BatchNorm2d.of().momentum(1.5));
    says(
        "BatchNorm2d(eps 1e-5, momentum 0.1) expects an image (C, H, W) or a vector (C), but its input is a single number",
        () -> model(BatchNorm2d.of()));
  }

  @Test
  void graphs() {
    Graph g = new Graph();
    Value x = g.input("x", Shape.of(3));
    says(
        "Affine[bias=false] expects a shared value, such as a parameter, as input 1, but got %1 = Input[name=w, shape=(2, 3)]() : (2, 3)",
        () -> g.apply(new Affine(false), x, g.input("w", Shape.of(2, 3))));
    says(
        "A gradient expects an objective that is one number shared by the batch, but got %0 = Input[name=x, shape=(3)]() : (3): sum it, and take its batchMean",
        () -> Gradient.of(g, x, List.of(x)));
    says(
        "Input \"x\" expects 2 examples, but got 1",
        () -> new Interpreter(2).input("x", new double[3]).run(g));
    says(
        "\"x\" expects 3 numbers for its shape (3), but got 4",
        () -> new Interpreter(1).input("x", new double[4]).run(g));
  }

  @Test
  void layers() {
    says(
        "Linear(10) expects a vector, but its input is (1, 28, 28): put Flatten before it",
        () -> model(Linear.of(10), 1, 28, 28));
    says(
        "Conv2d(4, 3×3, groups 2) expects an image (C, H, W) with C a multiple of 2, but its input is (3, 8, 8)",
        () -> model(Conv2d.of(4, 3).groups(2), 3, 8, 8));
    says(
        "Residual expects a body that keeps the shape (1, 8, 8), but its output is (1, 4, 4)",
        () -> model(Residual.of(MaxPool2d.of(2)), 1, 8, 8));
    says(
        "Residual expects a body with the shortcut's output (1, 8, 8), but it has (1, 4, 4)",
        () -> model(Residual.of(MaxPool2d.of(2), Conv2d.of(1, 1)), 1, 8, 8));
    says("Linear expects 1 or more outFeatures, but got 0", () -> Linear.of(0));
    says(
        "Conv2d expects outChannels to be a positive multiple of its groups, but got 3 and 2",
        () -> Conv2d.of(3, 1).groups(2));
    says(
        "Unknown parameter \"conv2.weight\"; known: linear1.weight, linear1.bias",
        () -> model(Sequential.of(Linear.of(2)), 3).parameters().get("conv2.weight"));
  }

  private static Model model(Layer layer, int... input) {
    return Model.of(layer, Shape.of(input), Initializer.constant(0), dev.vitrine.random.Seed.of(0));
  }
}
