package dev.vitrine.collapse;

import dev.vitrine.collapse.Chain.Size;
import dev.vitrine.error.UserException;
import dev.vitrine.nn.BatchNorm2d;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.Identity;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Sequential;
import dev.vitrine.op.Span;
import dev.vitrine.random.RandomStream;
import dev.vitrine.random.Seed;
import dev.vitrine.report.Numbers;
import dev.vitrine.summary.Summary;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes of a run of linear layers as few as there can be. */
final class Joining {
  /** Elements of a picture that the interpreter takes long for. */
  private static final int LARGE = 10_000;

  private final Model whole;
  private final int inputs;
  private final long most;
  private final Seed seed;

  /**
   * @param whole whose layers they are
   * @param inputs how many inputs a proof draws
   * @param most how many weights a matrix may have
   */
  Joining(Model whole, int inputs, long most, Seed seed) {
    this.whole = whole;
    this.inputs = inputs;
    this.most = most;
    this.seed = seed;
  }

  List<Piece> join(List<Part> run, String end) {
    if (weighty(run) < 2) {
      return unchanged(run, end);
    }
    boolean dense = run.stream().anyMatch(Part::isDense) || run.getFirst().in().rank() == 1;
    if (!dense || run.getLast().out().rank() != 1) {
      return convolutions(run, end);
    }
    long weights = (long) run.getFirst().in().elements() * run.getLast().out().elements();
    if (weights <= most) {
      return matrix(run, end);
    }
    int cut = 0;
    while (cut < run.size() && !run.get(cut).isFlatten()) {
      cut++;
    }
    if (cut == 0 || cut == run.size()) {
      return unchanged(run, tooLarge(weights, run));
    }
    List<Piece> pieces = new ArrayList<>(join(run.subList(0, cut), tooLarge(weights, run)));
    pieces.addAll(join(run.subList(cut, run.size()), end));
    return pieces;
  }

  private String tooLarge(long weights, List<Part> run) {
    return "one matrix for %s to %s would have %s weights, more than the %s that are allowed"
        .formatted(
            run.getFirst().path(),
            run.getLast().path(),
            Numbers.count(weights),
            Numbers.count(most));
  }

  private static long weighty(List<Part> run) {
    return run.stream().filter(part -> !Linearity.isPassing(part.layer())).count();
  }

  /** Identities that stand for activations go in any case. */
  private static List<Piece> unchanged(List<Part> run, String end) {
    List<Piece> pieces = new ArrayList<>();
    for (Part part : run) {
      boolean passing = Linearity.isPassing(part.layer());
      if (!(part.layer() instanceof Identity) || run.size() == 1) {
        pieces.add(passing ? Piece.kept(part) : Piece.alone(part, end));
      }
    }
    return pieces;
  }

  private List<Piece> matrix(List<Part> run, String end) {
    Model chain = Part.model(run, whole);
    Matrix matrix = Matrix.of(chain);
    Shape in = run.getFirst().in();
    Shape out = run.getLast().out();
    boolean biased =
        new Equation(run, false).isBiased() || Arrays.stream(matrix.bias()).anyMatch(b -> b != 0);
    Linear linear = Linear.of(out.elements()).bias(biased);
    Map<String, float[]> made = numbers(matrix.weight(), matrix.bias(), biased);
    List<Piece> pieces = new ArrayList<>();
    Shape flat = Shape.of(in.elements());
    if (in.rank() > 1) {
      String path =
          run.stream().filter(Part::isFlatten).findFirst().map(Part::path).orElse("flatten");
      pieces.add(Piece.kept(new Part(path, Flatten.of(), in, flat)));
    }
    List<Part> layers = run.stream().filter(part -> !Linearity.isPassing(part.layer())).toList();
    Part part = new Part(path(layers), linear, flat, out);
    Layer one = in.rank() > 1 ? Sequential.of(Flatten.of(), linear) : linear;
    Chain told = told(run, layers, part, one, made, new Equation(run, false).lines(), end);
    pieces.add(new Piece(part, Optional.of(made), Optional.of(told), Optional.empty()));
    return pieces;
  }

  /** As long as one convolution does what the layers do; then the next begins. */
  private List<Piece> convolutions(List<Part> run, String end) {
    List<Piece> pieces = new ArrayList<>();
    List<Part> open = new ArrayList<>();
    List<Stencil> stencils = new ArrayList<>();
    Stencil composed = null;
    for (Part part : run) {
      if (Linearity.isPassing(part.layer()) && !part.isFlatten()) {
        open.add(part);
        continue;
      }
      Optional<Stencil> next = part.isFlatten() ? Optional.empty() : Stencil.of(part, whole);
      String obstacle =
          next.isEmpty()
              ? Block.noConvolution(part, whole)
              : composed == null ? "" : composed.obstacle(next.get(), part.path()).orElse("");
      if (next.isEmpty() || !obstacle.isEmpty()) {
        pieces.addAll(closed(open, stencils, composed, part.isFlatten() ? end : obstacle));
        open.clear();
        stencils.clear();
        composed = null;
      }
      if (next.isEmpty()) {
        pieces.add(part.isFlatten() ? Piece.kept(part) : Piece.alone(part, end));
      } else {
        open.add(part);
        stencils.add(next.get());
        composed = composed == null ? next.get() : composed.then(next.get());
      }
    }
    pieces.addAll(closed(open, stencils, composed, end));
    return pieces;
  }

  private List<Piece> closed(
      List<Part> open, List<Stencil> stencils, Stencil composed, String end) {
    if (stencils.size() < 2) {
      return unchanged(open, end);
    }
    List<Part> layers = open.stream().filter(part -> !Linearity.isPassing(part.layer())).toList();
    Map<String, float[]> made = numbers(composed.kernel(), composed.bias(), composed.biased());
    Part part =
        new Part(path(layers), composed.layer(), open.getFirst().in(), open.getLast().out());
    List<String> formula = new ArrayList<>(new Equation(open, true).lines());
    Equation.growth(stencils).ifPresent(formula::add);
    Chain told = told(List.copyOf(open), layers, part, part.layer(), made, formula, end);
    return List.of(new Piece(part, Optional.of(made), Optional.of(told), Optional.empty()));
  }

  private Chain told(
      List<Part> run,
      List<Part> layers,
      Part part,
      Layer one,
      Map<String, float[]> made,
      List<String> formula,
      String end) {
    Shape in = run.getFirst().in();
    Shape compared = compared(run, one);
    Model before = Part.model(run, compared, whole);
    Model after = Model.of(one, compared);
    after
        .specs()
        .forEach(spec ->
            after.parameters().set(spec.name(), made.get(spec.name().replaceFirst("^.*\\.", ""))));
    long terms = in.elements() + 4L;
    for (Part each : layers) {
      terms += Proof.terms(each, whole);
    }
    RandomStream draws = seed.stream("inputs of " + part.path());
    return new Chain(
        run.stream().map(Part::path).toList(),
        in,
        run.getLast().out(),
        part.path(),
        part.layer().text(),
        formula,
        new Equation(run, !part.isDense()).symbols(),
        size(Part.model(run, whole).network(), in),
        size(one, in),
        Proof.of(before, after, terms, inputs, draws),
        end);
  }

  /**
   * Convolutions do the same everywhere: a part of a large picture that has all borders will do.
   */
  private static Shape compared(List<Part> run, Layer one) {
    Shape in = run.getFirst().in();
    boolean alike =
        run.stream()
            .map(Part::layer)
            .allMatch(layer ->
                layer instanceof BatchNorm2d || (layer instanceof Conv2d conv && !conv.same()));
    if (!alike || !(one instanceof Conv2d conv) || in.elements() < LARGE) {
      return in;
    }
    Span h = conv.window().h();
    Span w = conv.window().w();
    return Shape.of(
        in.size(0),
        Math.min(in.size(1), h.kernel() + 3 * h.stride()),
        Math.min(in.size(2), w.kernel() + 3 * w.stride()));
  }

  static Size size(Layer network, Shape in) {
    Summary summary = Summary.of(network, in);
    return new Size(summary.parameters() + summary.fixed(), summary.macs());
  }

  private static Map<String, float[]> numbers(double[] weight, double[] bias, boolean biased) {
    Map<String, float[]> numbers = new HashMap<>();
    numbers.put("weight", singles(weight));
    if (biased) {
      numbers.put("bias", singles(bias));
    }
    return numbers;
  }

  /** The one rounding. */
  private static float[] singles(double... doubles) {
    float[] singles = new float[doubles.length];
    for (int i = 0; i < singles.length; i++) {
      singles[i] = (float) doubles[i];
      if (!Float.isFinite(singles[i])) {
        throw new UserException(
            "A weight of the collapsed network would be %s, which single precision does not hold: the weights of the network are too large"
                .formatted(doubles[i]));
      }
    }
    return singles;
  }

  /** What the one layer is called: its first and its last, where they stood. */
  private static String path(List<Part> layers) {
    String first = layers.getFirst().path();
    String last = layers.getLast().path();
    return first + "-" + last.substring(last.lastIndexOf('.') + 1);
  }
}
