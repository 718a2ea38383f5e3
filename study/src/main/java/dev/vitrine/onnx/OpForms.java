package dev.vitrine.onnx;

import static dev.vitrine.onnx.OnnxPlace.with;

import dev.vitrine.op.AdaptiveAveragePool;
import dev.vitrine.op.Affine;
import dev.vitrine.op.AveragePool;
import dev.vitrine.op.BatchNorm;
import dev.vitrine.op.BatchReduce;
import dev.vitrine.op.BatchSpread;
import dev.vitrine.op.Binary;
import dev.vitrine.op.Broadcast;
import dev.vitrine.op.ChannelSum;
import dev.vitrine.op.Concat;
import dev.vitrine.op.Convolution;
import dev.vitrine.op.CustomOp;
import dev.vitrine.op.Derivative;
import dev.vitrine.op.DropoutMask;
import dev.vitrine.op.Elementary;
import dev.vitrine.op.Grid;
import dev.vitrine.op.Leaf;
import dev.vitrine.op.LogSoftmax;
import dev.vitrine.op.Lrn;
import dev.vitrine.op.MaxPool;
import dev.vitrine.op.PRelu;
import dev.vitrine.op.Permute;
import dev.vitrine.op.Rectifier;
import dev.vitrine.op.Reshape;
import dev.vitrine.op.Sigmoidal;
import dev.vitrine.op.Slice;
import dev.vitrine.op.Softmax;
import dev.vitrine.op.SoftmaxCrossEntropy;
import dev.vitrine.op.Sum;
import dev.vitrine.op.Unary;
import dev.vitrine.weights.onnx.OnnxAttribute;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What each op is in ONNX. The {@code switch} is exhaustive: an op that has not been thought of
 * does not compile.
 */
final class OpForms {
  private static final long GELU_OPSET = 20;

  private OpForms() {}

  /** Adds the nodes of a value per example. */
  static void write(OnnxPlace at) {
    switch (at.value().op()) {
      case Leaf leaf -> throw new IllegalStateException(leaf + " is no node");
      case Unary f -> unary(at, f);
      case Binary op -> binary(at, op);
      case Affine _ -> affine(at);
      case Convolution op -> WindowForms.convolution(at, op);
      case Convolution.InputGradient op -> WindowForms.transposed(at, op);
      case MaxPool op -> PoolForms.max(at, op.window());
      case AveragePool op -> PoolForms.average(at, op);
      case AdaptiveAveragePool op -> PoolForms.adaptive(at, op);
      case PRelu _ -> prelu(at);
      case Permute op -> ShapeForms.permute(at, op);
      case Reshape op -> ShapeForms.reshape(at, op.target());
      case Concat op -> ShapeForms.concat(at, op);
      case Slice op -> ShapeForms.slice(at, op);
      case Slice.Gradient op -> ShapeForms.pad(at, op);
      case Sum op -> ShapeForms.sum(at, op);
      case Broadcast op -> Repeats.broadcast(at, op);
      case BatchSpread op -> Repeats.spread(at, op);
      case Softmax _ -> at.end("Softmax", with(OnnxAttribute.of("axis", 1)), at.in(0));
      case LogSoftmax _ -> at.end("LogSoftmax", with(OnnxAttribute.of("axis", 1)), at.in(0));
      case Lrn op -> ResponseForms.write(at, op);
      case BatchNorm op -> batchNorm(at, op);
      case OnnxForm form -> form.write(at);
      case CustomOp op -> throw new Refusal(op + " is an op of its own, and is no OnnxForm");
      case BatchReduce _, ChannelSum _ -> throw Refusal.mixing();
      case DropoutMask _ -> throw new Refusal("it draws at random");
      case SoftmaxCrossEntropy _ -> throw new Refusal("it is a loss, which belongs to training");
      case Derivative op -> throw new Refusal(op + " is a derivative, which belongs to training");
    }
  }

  private static void unary(OnnxPlace at, Unary f) {
    switch (f) {
      case Elementary each -> elementary(at, each);
      case Grid grid -> GridForms.write(at, grid);
      case Rectifier.Relu _ -> plain(at, "Relu");
      case Rectifier.LeakyRelu op -> alpha(at, "LeakyRelu", op.slope());
      case Rectifier.Elu op -> alpha(at, "Elu", op.alpha());
      case Rectifier.Clip op ->
          at.end("Clip", with(), at.in(0), bound(at, "min", op.min()), bound(at, "max", op.max()));
      case Sigmoidal.Sigmoid _ -> plain(at, "Sigmoid");
      case Sigmoidal.Tanh _ -> plain(at, "Tanh");
      case Sigmoidal.Softplus _ -> plain(at, "Softplus");
      case Sigmoidal.Silu _ ->
          at.end("Mul", with(), at.in(0), at.node("Sigmoid", with(), at.in(0)));
      case Sigmoidal.Gelu _ -> gelu(at, "none");
      case Sigmoidal.GeluTanh _ -> gelu(at, "tanh");
    }
  }

  private static void elementary(OnnxPlace at, Elementary f) {
    switch (f) {
      case Elementary.Negate _ -> plain(at, "Neg");
      case Elementary.Scale op -> at.end("Mul", with(), at.in(0), at.number("factor", op.factor()));
      case Elementary.Shift op -> at.end("Add", with(), at.in(0), at.number("addend", op.addend()));
      case Elementary.Square _ -> at.end("Mul", with(), at.in(0), at.in(0));
      case Elementary.Power op when op.exponent() == 0.5 -> plain(at, "Sqrt");
      case Elementary.Power op when op.exponent() == -1 -> plain(at, "Reciprocal");
      case Elementary.Power op ->
          at.end("Pow", with(), at.in(0), at.number("exponent", op.exponent()));
      case Elementary.Exp _ -> plain(at, "Exp");
      case Elementary.Log _ -> plain(at, "Log");
    }
  }

  private static void plain(OnnxPlace at, String operator) {
    at.end(operator, with(), at.in(0));
  }

  private static void alpha(OnnxPlace at, String operator, double alpha) {
    at.end(operator, with(OnnxAttribute.of("alpha", (float) alpha)), at.in(0));
  }

  private static String bound(OnnxPlace at, String role, double bound) {
    return Double.isInfinite(bound) ? "" : at.number(role, bound);
  }

  private static void gelu(OnnxPlace at, String approximate) {
    at.needs(GELU_OPSET);
    at.end("Gelu", with(OnnxAttribute.of("approximate", approximate)), at.in(0));
  }

  private static void binary(OnnxPlace at, Binary op) {
    if (at.isMerged(0)) {
      WindowForms.biased(at);
      return;
    }
    String operator =
        switch (op) {
          case ADD -> "Add";
          case SUBTRACT -> "Sub";
          case MULTIPLY -> "Mul";
          case DIVIDE -> "Div";
        };
    at.end(operator, with(), at.in(0), at.in(1));
  }

  private static void affine(OnnxPlace at) {
    List<String> inputs = new ArrayList<>(List.of(at.in(0)));
    for (int i = 1; i < at.value().inputs().size(); i++) {
      inputs.add(at.in(i));
    }
    at.end("Gemm", with(OnnxAttribute.of("transB", 1)), inputs.toArray(String[]::new));
  }

  private static void prelu(OnnxPlace at) {
    List<Long> sizes = new ArrayList<>(Collections.nCopies(at.shape(0).rank(), 1L));
    sizes.set(0, (long) at.shape(0).size(0));
    at.end("PRelu", with(), at.in(0), at.shared(1, sizes));
  }

  private static void batchNorm(OnnxPlace at, BatchNorm op) {
    if (op.ofBatch()) {
      throw Refusal.mixing();
    }
    at.end(
        "BatchNormalization",
        with(OnnxAttribute.of("epsilon", (float) op.eps())),
        at.in(0),
        at.in(3),
        at.in(4),
        at.in(1),
        at.in(2));
  }
}
