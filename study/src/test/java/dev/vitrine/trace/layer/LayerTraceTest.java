package dev.vitrine.trace.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.nn.BatchNorm2d;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.LocalResponseNorm;
import dev.vitrine.nn.MaxPool2d;
import dev.vitrine.op.Adjoint;
import dev.vitrine.op.Call;
import dev.vitrine.op.CustomOp;
import dev.vitrine.tensor.Shape;
import dev.vitrine.trace.language.Notation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Backpropagation through layers, shown. */
class LayerTraceTest {
  private static final LayerQuestion POOLING =
      LayerQuestion.of(MaxPool2d.of(2).stride(1), Shape.of(1, 3, 3))
          .with("x", 3.0, 2.0, 5.0, 4.0, 1.0, 7.0, 3.0, 5.0, 0.0)
          .with("dy", 1.0, 2.0, 3.0, 4.0);

  @Test
  void theMaximumOfTwoWindowsReceivesTwoGradients() {
    LayerTrace trace = LayerTrace.of(POOLING);
    assertThat(trace.output()).containsExactly(4, 7, 5, 7);
    assertThat(trace.gradients().get("x")).containsExactly(0, 0, 0, 1, 0, 6, 0, 3, 0);
    double[][] routes = trace.jacobians().get("x").rows();
    assertThat(routes).hasDimensions(4, 9);
    assertThat(Arrays.stream(routes).map(row -> IntStream.range(0, 9).filter(i -> row[i] == 1)))
        .extracting(ones -> ones.boxed().toList())
        .containsExactly(List.of(3), List.of(5), List.of(7), List.of(5));
    assertThat(trace.reach().outputs(4)).isEqualTo(4);
    assertThat(LayerDocument.of(trace, Notation.UNICODE).text())
        .contains("dx[0,1,2] = 2·1 + 4·1 = 6")
        .contains("its transpose times dy: (0 4 1 5)");
  }

  @Test
  void theFilterOfTheDocumentHasTheseGradients() {
    LayerTrace trace =
        LayerTrace.of(
            LayerQuestion.of(Conv2d.of(1, 2), Shape.of(1, 4, 4))
                .with(
                    "x",
                    IntStream.rangeClosed(1, 16).mapToObj(i -> (double) i).toArray(Double[]::new))
                .with("dy", 0.0, 0.0, 0.0, 1.0, 0.0, 6.0, 0.0, 3.0, 0.0));
    assertThat(trace.gradients().get("weight")).containsExactly(77, 87, 117, 127);
  }

  @ParameterizedTest
  @CsvSource({
    "1,1,0,1,1",
    "2,1,0,1,1",
    "3,2,1,1,1",
    "3,2,0,1,1",
    "3,1,2,2,1",
    "2,1,0,1,2",
    "1,2,1,1,1",
    "2,3,2,2,2"
  })
  void aConvolutionsInputGradientHasThreeEqualForms(
      int kernel, int stride, int padding, int dilation, int groups) {
    Layer layer =
        Conv2d.of(2, kernel).stride(stride).padding(padding).dilation(dilation).groups(groups);
    LayerTrace trace = LayerTrace.of(LayerQuestion.of(layer, Shape.of(2, 5, 6)));
    // Each form is calculated and refused if it is not the engine's.
    String text = LayerDocument.of(trace, Notation.UNICODE).text();
    assertThat(text)
        .contains("first form: the transposed matrix")
        .contains("second form: the full convolution of dy with the turned kernel")
        .contains("third form: scattered");
    assertThat(text.contains("dy with zeros")).isEqualTo(stride > 1);
    assertThat(trace.quotients().wrong()).isZero();
  }

  @Test
  void jacobiansStandBesideDifferences() {
    for (Layer layer : List.of(BatchNorm2d.of(), LocalResponseNorm.of(3))) {
      LayerTrace trace = LayerTrace.of(LayerQuestion.of(layer, Shape.of(3, 2, 3)));
      assertThat(trace.quotients().off()).isLessThan(1e-7);
      assertThat(trace.quotients().wrong()).isZero();
    }
    LayerTrace tie =
        LayerTrace.of(
            LayerQuestion.of(MaxPool2d.of(2), Shape.of(1, 2, 2)).with("x", 1.0, 1.0, 0.0, 0.0));
    assertThat(tie.quotients()).isEqualTo(new Quotients.Found(tie.quotients().off(), 2, 0));
    assertThat(LayerDocument.of(tie, Notation.UNICODE).text())
        .contains("2 of them stand at a kink");
  }

  /** {@code y = x²}, with the derivative x. */
  private record Slip() implements CustomOp {
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
      Arrays.setAll(call.out(), k -> call.in(0)[k] * call.in(0)[k]);
    }

    @Override
    public void gradient(Adjoint a) {
      a.to(0, () -> a.ops().multiply(a.x(0), a.dy()));
    }
  }

  @Test
  void aWrongDerivativeIsSeen() {
    Layer layer = (network, x) -> network.apply(new Slip(), x);
    LayerTrace trace = LayerTrace.of(LayerQuestion.of(layer, Shape.of(3)).with("x", 1.0, 2.0, 3.0));
    assertThat(trace.quotients().wrong()).isEqualTo(3);
    assertThat(Sections.checked(trace.quotients()))
        .endsWith("3 entries are not equal, by up to 3 ✗.");
  }

  @Test
  void softmaxTheLongWayAndFused() {
    SoftmaxLoss both = SoftmaxLoss.of(List.of(-1.0, 2.0, 1.0), 0);
    assertThat(both.fused()).containsExactly(both.p()[0] - 1, both.p()[1], both.p()[2]);
    for (int k = 0; k < 3; k++) {
      assertThat(both.longWay()[k]).isCloseTo(both.fused()[k], Offset.offset(1e-15));
    }
    assertThat(SoftmaxLoss.of(List.of(-1000.0, 1000.0), 0).document(Notation.UNICODE).text())
        .contains("Here p[0] is 0 in floating point, and the long way has no number");
    assertThatThrownBy(() -> SoftmaxLoss.of(List.of(1.0), 0))
        .isInstanceOf(UserException.class)
        .hasMessage("Softmax expects two logits or more, but got 1");
  }

  @Test
  void whatDoesNotFitIsSaid() {
    refused(POOLING.with("x", 1.0), "x expects 9 numbers for its shape (1, 3, 3), but got 1");
    refused(POOLING.with("w", 1.0), "MaxPool2d(2×2) has no \"w\": its numbers are x, dy");
    refused(
        POOLING.element(0, 3, 0),
        "The element expects an index from 0,0,0 to 0,2,2, but got 0,3,0");
    refused(
        LayerQuestion.of(Conv2d.of(8, 3), Shape.of(3, 32, 32)),
        "A layer is shown by its whole Jacobian, of at most 4096 numbers");
    assertThatThrownBy(() -> LayerChoice.of("conv3d", Map.of(), null, Shape.of(1, 4, 4)))
        .hasMessageContaining("unknown kind \"conv3d\"; did you mean \"conv2d\"?");
    assertThatThrownBy(
            () -> LayerChoice.of("conv2d", Map.of("kernel", 5L), null, Shape.of(1, 4, 4)))
        .hasMessageContaining("expects an input of at least 5×5");
    assertThatThrownBy(
            () -> LayerChoice.of("{\"lrn\": 3}", Map.of("kernel", 5L), null, Shape.of(4)))
        .hasMessage("A layer in JSON has its options inside: leave kernel out");
  }

  private static void refused(LayerQuestion question, String sentence) {
    assertThatThrownBy(() -> LayerTrace.of(question))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(sentence);
  }
}
