package dev.vitrine.plan.convolution;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.Stencil;
import dev.vitrine.op.Convolution;
import dev.vitrine.op.Value;
import dev.vitrine.op.Window;
import dev.vitrine.plan.convolution.WinogradTiles.Use;
import dev.vitrine.plan.memory.Buffer;
import dev.vitrine.plan.memory.Placed;
import dev.vitrine.plan.memory.Step;
import dev.vitrine.plan.steps.ChannelAffine;
import dev.vitrine.plan.steps.ChannelSteps;
import dev.vitrine.plan.steps.ChannelWeights;
import dev.vitrine.plan.steps.Epilogue;
import dev.vitrine.plan.steps.Lowering;
import dev.vitrine.tensor.Frozen;
import dev.vitrine.tensor.Shape;
import java.util.List;

/**
 * Convolutions of few examples as stencils with the roles exchanged: rows are pixels of a row of
 * the output, of which a term takes one number of the input, and positions are vectors of 16
 * filters. Each sum has its terms in the order of {@link ConvolutionSteps}, so that the bits are
 * the same.
 */
public final class ChannelConvolution {
  private static final int LANES = Kernels.LANES;

  /** Tasks that a step should have, for many threads. */
  private static final int TASKS = 16;

  private ChannelConvolution() {}

  public static boolean forward(Lowering l, Convolution op, Value value) {
    Value input = value.inputs().getFirst();
    Value w = value.inputs().get(1);
    Value b = op.bias() ? value.inputs().get(2) : null;
    Shape weight = w.shape();
    boolean fixed = l.few.isFixed(w) && (b == null || l.few.isFixed(b));
    if (!fixed || !input.perExample() || !groupsFit(op.groups(), weight)) {
      return false;
    }
    Placed source = ChannelSteps.source(l, input);
    WinogradTiles winograd =
        WinogradTiles.of(
            Use.FORWARD, op.window(), op.groups(), input.shape(), weight, value.shape());
    if (winograd == null || ConvolutionSteps.isExact(value)) {
      direct(l, op, source, b, value);
    } else {
      ChannelWinograd.lower(l, winograd, ChannelSteps.asImages(l, source), b, value);
    }
    return true;
  }

  /** Groups whose channels share no vector, and whose filters share no tile. */
  private static boolean groupsFit(int groups, Shape weight) {
    int tile = Stencil.TILE * LANES;
    return groups == 1 || (weight.size(1) % LANES == 0 && weight.size(0) / groups % tile == 0);
  }

  private static void direct(Lowering l, Convolution op, Placed source, Value b, Value value) {
    Window window = op.window();
    Shape in = value.inputs().getFirst().shape();
    Shape weight = value.inputs().get(1).shape();
    Shape out = value.shape();
    Placed bordered = ChannelSteps.padded(l, source, ConvolutionSteps.border(window, in, out));
    boolean whole = window.elements() == 1 && (isDense(window) || !bordered.rowMajor());
    Placed x =
        whole && !isDense(window)
            ? ChannelSteps.picked(l, bordered, window.h().stride(), window.w().stride())
            : bordered;
    if (FewFilters.suits(bordered, op, out)) {
      FewFilters.lower(l, bordered, numbers(bordered, weight.size(1), window), b, value);
      return;
    }
    int filters = out.size(0);
    int terms = weight.size(1) * window.elements();
    Frozen.Place weights = ChannelWeights.of(l, value.inputs().get(1), filters, terms);
    float[] biases = ChannelWeights.biases(l, b, filters);
    Epilogue epilogue = Epilogue.channels(l, value);
    Buffer y = epilogue.output();
    int rows = whole ? 1 : out.size(1);
    int pixels = whole ? out.size(1) * out.size(2) : out.size(2);
    Stencil s =
        ChannelAffine.stencil(
            Placed.vectors(filters),
            terms,
            out.size(1) * out.size(2) * LANES,
            numbers(x, weight.size(1), window));
    l.kernels.expect(s, pixels, terms);
    int step = (whole ? 1 : window.w().stride()) * x.pixel();
    int down = window.h().stride() * x.width() * x.pixel();
    int tiles = s.tiles();
    int perGroup = Math.max(1, tiles / op.groups());
    int group = weight.size(1) / LANES * x.plane();
    int stretches = Math.clamp(Math.ceilDiv(TASKS, tiles), 1, whole ? pixels : rows);
    int stretch = Math.ceilDiv(whole ? pixels : rows, stretches);
    l.add(
        new Step(
            epilogue.name("Convolution"),
            epilogue.reads(x.buffer()),
            List.of(y),
            batch -> batch.count() * tiles * stretches,
            (task, batch, scratch) -> {
              int example = task / (tiles * stretches);
              int tile = task / stretches % tiles;
              int first = task % stretches * stretch;
              int from =
                  x.buffer().block(example) + (op.groups() > 1 ? tile / perGroup * group : 0);
              int last = Math.min(first + stretch, whole ? pixels : rows);
              int many = whole ? last - first : pixels;
              for (int row = first; row < last; row = whole ? last : row + 1) {
                l.kernels.stencil(
                    s,
                    tile,
                    tile + 1,
                    many,
                    terms,
                    x.buffer().data(),
                    from + row * (whole ? step : down),
                    step,
                    weights.array(),
                    weights.offset(),
                    biases,
                    0,
                    epilogue.floor(),
                    y.data(),
                    y.block(example) + row * (whole ? 1 : pixels) * LANES,
                    LANES);
              }
              int done = first * (whole ? 1 : pixels) * LANES;
              int floats = (last - first) * (whole ? 1 : pixels) * LANES;
              for (int p = 0; p < s.positions(tile); p++) {
                epilogue.finish(
                    l.kernels, example, s.yBase()[tile * Stencil.TILE + p] + done, floats);
              }
            }));
  }

  private static boolean isDense(Window window) {
    return window.h().stride() == 1 && window.w().stride() == 1;
  }

  /** Where a pixel's window has each term's number: channel by channel, tap by tap. */
  private static int[] numbers(Placed x, int channels, Window window) {
    int[] numbers = new int[channels * window.elements()];
    int t = 0;
    for (int c = 0; c < channels; c++) {
      for (int u = 0; u < window.h().kernel(); u++) {
        for (int v = 0; v < window.w().kernel(); v++) {
          numbers[t++] = x.offset(c, u * window.h().dilation(), v * window.w().dilation());
        }
      }
    }
    return numbers;
  }
}
