package dev.vitrine.zoo;

import dev.vitrine.nn.Layer;
import dev.vitrine.nn.NetworkBuilder;
import dev.vitrine.onnx.OnnxForm;
import dev.vitrine.onnx.OnnxPlace;
import dev.vitrine.op.Adjoint;
import dev.vitrine.op.Call;
import dev.vitrine.op.Cost;
import dev.vitrine.op.CustomOp;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Shape;
import java.util.List;

/**
 * The threshold of the first neurons: {@code y = 1 where x ≥ 0, else −1}.
 *
 * <p>Its derivative is 0 wherever it has one. Gradients pass through it unchanged instead, {@code
 * dx = dy}, which makes of the squared error's gradient Rosenblatt's rule {@code Δw = η·(t − y)·x}.
 */
public record ThresholdUnit() implements Layer {
  /** {@return the layer, which has no settings} */
  public static ThresholdUnit of() {
    return new ThresholdUnit();
  }

  @Override
  public Value apply(NetworkBuilder network, Value x) {
    return network.apply(new Sign(), x);
  }

  @Override
  public String label() {
    return "threshold";
  }

  @Override
  public String toString() {
    return "ThresholdUnit";
  }

  /** The op. */
  record Sign() implements CustomOp, OnnxForm {
    @Override
    public int arity() {
      return 1;
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      return inputs.getFirst();
    }

    @Override
    public Cost cost(List<Shape> inputs, Shape output) {
      return Cost.comparisons(output.elements());
    }

    @Override
    public void evaluate(Call call) {
      for (int i = 0; i < call.out().length; i++) {
        call.out()[i] = call.in(0)[i] >= 0 ? 1 : -1;
      }
    }

    /** {@code sign(sign(x) + 1/2)}, which is 1 at 0 too. */
    @Override
    public void write(OnnxPlace place) {
      String sign = place.node("Sign", List.of(), place.in(0));
      String raised = place.node("Add", List.of(), sign, place.number("half", 0.5));
      place.end("Sign", List.of(), raised);
    }

    @Override
    public void gradient(Adjoint a) {
      a.to(0, a::dy);
    }
  }
}
