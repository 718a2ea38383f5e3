package dev.vitrine.collapse;

import dev.vitrine.nn.AdaptiveAvgPool2d;
import dev.vitrine.nn.AvgPool2d;
import dev.vitrine.nn.BatchNorm2d;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.GlobalAvgPool2d;
import dev.vitrine.nn.Identity;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.Residual;
import dev.vitrine.nn.Sequential;
import dev.vitrine.op.Span;
import dev.vitrine.op.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The formula of a composed layer, in the symbols of what it is made of. */
final class Equation {
  private final List<Part> parts;
  private final boolean kernels;

  /**
   * @param all the chain
   * @param kernels whether it becomes a convolution, not a matrix
   */
  Equation(List<Part> all, boolean kernels) {
    parts = all.stream().filter(part -> !Linearity.isPassing(part.layer())).toList();
    this.kernels = kernels;
  }

  private String symbol(int i) {
    String letter =
        switch (parts.get(i).layer()) {
          case Linear _ -> "W";
          case Conv2d _ -> "K";
          case BatchNorm2d _ -> "S";
          case AvgPool2d _, AdaptiveAvgPool2d _, GlobalAvgPool2d _ -> "P";
          case OpLayer op when op.isShift() -> "b";
          case OpLayer _ -> "S";
          case Residual _ -> "R";
          default -> "A";
        };
    return letter + subscript(i + 1);
  }

  static String subscript(int number) {
    StringBuilder text = new StringBuilder();
    Integer.toString(number).chars().forEach(c -> text.append((char) (c - '0' + '₀')));
    return text.toString();
  }

  private boolean hasBias(int i) {
    return hasBias(parts.get(i).layer());
  }

  private static boolean hasBias(Layer layer) {
    return switch (Part.bare(layer)) {
      case Residual residual -> hasBias(residual.body()) || hasBias(residual.shortcut());
      case Sequential list -> list.layers().stream().anyMatch(Equation::hasBias);
      case Layer passing when Linearity.isPassing(passing) -> false;
      case Linear linear -> linear.bias();
      case Conv2d conv -> conv.bias();
      case BatchNorm2d _ -> true;
      case AvgPool2d _, AdaptiveAvgPool2d _, GlobalAvgPool2d _ -> false;
      case OpLayer op -> op.isShift();
      default -> true;
    };
  }

  /** Whether a layer of the chain has a bias, be it 0 for now. */
  boolean isBiased() {
    return IntStream.range(0, parts.size()).anyMatch(this::hasBias);
  }

  List<String> lines() {
    String times = kernels ? " ∗ " : "·";
    List<String> lines = new ArrayList<>();
    List<String> biases = new ArrayList<>();
    String factors = product(parts.size() - 1, 0, times);
    lines.add((kernels ? "K = " : "W = ") + (factors.isEmpty() ? "I" : factors));
    for (int i = 0; i < parts.size(); i++) {
      if (hasBias(i)) {
        String before = product(parts.size() - 1, i + 1, times);
        biases.add(before + (before.isEmpty() ? "" : times) + "b" + subscript(i + 1));
      }
    }
    lines.add("b = " + (biases.isEmpty() ? "0" : String.join(" + ", biases)));
    return lines;
  }

  private String product(int from, int to, String times) {
    List<String> factors = new ArrayList<>();
    for (int i = from; i >= to; i--) {
      if (!(parts.get(i).layer() instanceof OpLayer op && op.isShift())) {
        factors.add(symbol(i));
      }
    }
    return String.join(times, factors);
  }

  List<String> symbols() {
    List<String> symbols = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      String what =
          switch (part.layer()) {
            case Linear _ -> "%s×%s".formatted(part.out().elements(), part.in().elements());
            case BatchNorm2d _ ->
                "γ/√(variance + ε) on the diagonal, b%s = β − mean·γ/√(variance + ε)"
                    .formatted(subscript(i + 1));
            case Residual residual when kernels ->
                "the body's kernel plus %s, at the borders, too: both read the same zeros around the picture"
                    .formatted(
                        residual.shortcut() instanceof Identity
                            ? "1 at the centre, where a channel meets itself"
                            : "the shortcut's about the same centre");
            case Layer layer when !kernels && !(layer instanceof OpLayer op && op.isShift()) ->
                "%s×%s, %s → %s"
                    .formatted(part.out().elements(), part.in().elements(), part.in(), part.out());
            default -> "%s → %s".formatted(part.in(), part.out());
          };
      symbols.add(
          "%s is %s, %s: %s".formatted(symbol(i), part.path(), oneLine(part.layer()), what));
    }
    return symbols;
  }

  /** A layer's text on one line: blocks have several. */
  static String oneLine(Layer layer) {
    return layer.text().replaceAll("\\(\\s+", "(").replaceAll("\\s+", " ");
  }

  /** How the kernel grows along the height: {@code 3 + (3 − 1)·1 = 5}. */
  static Optional<String> growth(List<Stencil> stencils) {
    if (stencils.stream().filter(s -> s.window().elements() > 1).count() < 2) {
      return Optional.empty();
    }
    Window first = stencils.getFirst().window();
    StringBuilder text = new StringBuilder("kernel ").append(first.h().kernel());
    int stride = first.h().stride();
    int size = first.h().kernel();
    for (Stencil next : stencils.subList(1, stencils.size())) {
      Span h = next.window().h();
      if (h.kernel() > 1) {
        text.append(" + (%s − 1)·%s".formatted(h.kernel(), stride));
        size += (h.kernel() - 1) * stride;
      }
      stride *= h.stride();
    }
    return Optional.of(text.append(" = %s, stride %s".formatted(size, stride)).toString());
  }
}
