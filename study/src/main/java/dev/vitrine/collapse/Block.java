package dev.vitrine.collapse;

import dev.vitrine.nn.Identity;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Residual;
import dev.vitrine.nn.Sequential;
import java.util.List;
import java.util.Optional;

/**
 * A residual block of linear layers as one convolution, or why it is none.
 *
 * @param sum body and shortcut in one kernel; empty if one of them is no convolution
 * @param obstacle why, empty if there is a sum
 */
record Block(Optional<Stencil> sum, String obstacle) {
  /** Either side composed, and both added up: an identity is a 1 at the centre of the kernel. */
  static Block of(Residual residual, Part part, Model whole) {
    Block body = side(residual.body(), part, "body", whole);
    Block shortcut = side(residual.shortcut(), part, "shortcut", whole);
    if (body.sum.isEmpty() || shortcut.sum.isEmpty()) {
      return body.sum.isEmpty() ? body : shortcut;
    }
    Stencil a = body.sum.get();
    Stencil b = shortcut.sum.get();
    if (a.window().h().stride() != b.window().h().stride()
        || a.window().w().stride() != b.window().w().stride()) {
      return none(
          "body and shortcut of %s slide with different strides, so no kernel does both"
              .formatted(part.path()));
    }
    return new Block(Optional.of(a.plus(b, part.in())), "");
  }

  private static Block none(String obstacle) {
    return new Block(Optional.empty(), obstacle);
  }

  private static Block side(Layer layer, Part block, String name, Model whole) {
    String path = Walk.inner(block.path(), name);
    if (block.in().rank() != 3) {
      return none("%s is of no picture".formatted(block.path()));
    }
    Stencil composed = Stencil.identity(block.in().size(0));
    for (Part part : parts(layer, path, block)) {
      if (Linearity.isPassing(part.layer()) && !part.isFlatten()) {
        continue;
      }
      Optional<Stencil> next = Stencil.of(part, whole);
      if (next.isEmpty()) {
        return none(noConvolution(part, whole));
      }
      Optional<String> obstacle = composed.obstacle(next.get(), part.path());
      if (obstacle.isPresent()) {
        return none(obstacle.get());
      }
      composed = composed.then(next.get());
    }
    return new Block(Optional.of(composed), "");
  }

  private static List<Part> parts(Layer layer, String path, Part block) {
    return switch (Part.bare(layer)) {
      case Sequential list -> Walk.parts(list, path, block.in());
      case Identity _ -> List.of();
      case Layer one -> List.of(new Part(path, one, block.in(), block.out()));
    };
  }

  /** Why a layer is no convolution. */
  static String noConvolution(Part part, Model whole) {
    return part.layer() instanceof Residual residual
        ? of(residual, part, whole).obstacle
        : "%s (%s) is no convolution: its windows are not all alike, or it is more than windows"
            .formatted(part.path(), Equation.oneLine(part.layer()));
  }
}
