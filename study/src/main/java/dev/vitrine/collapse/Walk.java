package dev.vitrine.collapse;

import dev.vitrine.collapse.Chain.Alone;
import dev.vitrine.nn.Auxiliary;
import dev.vitrine.nn.Identity;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Named;
import dev.vitrine.nn.Parallel;
import dev.vitrine.nn.Residual;
import dev.vitrine.nn.Sequential;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Goes through a network's layers and puts the collapsed ones together. */
final class Walk {
  private final Model whole;
  private final Joining joining;

  /** Where the numbers of a path of the new network stood in the old one. */
  private final Map<String, String> kept = new HashMap<>();

  /** What layers of a path are called: those of all paths of a graph stand in one list. */
  private final Map<String, Set<String>> taken = new HashMap<>();

  private final Map<String, float[]> numbers = new HashMap<>();
  private final List<Chain> chains = new ArrayList<>();
  private final List<Alone> alone = new ArrayList<>();

  Walk(Model whole, Joining joining) {
    this.whole = whole;
    this.joining = joining;
  }

  List<Chain> chains() {
    return chains;
  }

  List<Alone> alone() {
    return alone;
  }

  /** The collapsed network with its numbers. */
  Model run() {
    Layer network = walk(whole.network(), "", whole.input());
    Model after = Model.of(network, whole.input());
    after.specs().forEach(spec -> after.parameters().set(spec.name(), numbers(spec.name())));
    return after;
  }

  /** A layer in a list that is no longer within another is looked for under both names. */
  private float[] numbers(String name) {
    String now = name;
    while (true) {
      float[] made = numbers.get(now);
      String old = old(now);
      if (made != null || old.equals(now)) {
        return made != null ? made : whole.parameters().get(now);
      }
      now = old;
    }
  }

  private String old(String name) {
    for (int dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
      String before = kept.get(name.substring(0, dot));
      if (before != null) {
        return before + name.substring(dot);
      }
    }
    return name;
  }

  private Layer walk(Layer layer, String path, Shape in) {
    return switch (layer) {
      case Named named -> Named.of(named.name(), walk(named.layer(), path, in));
      case Sequential sequential ->
          sequence(sequential, path, in, path.isEmpty() ? "the network ends" : path + " ends");
      case Wired wired -> wired(wired, in);
      case Residual residual ->
          new Residual(
              walk(residual.body(), inner(path, "body"), in),
              walk(residual.shortcut(), inner(path, "shortcut"), in));
      case Parallel parallel -> parallel(parallel, path, in);
      case Auxiliary auxiliary ->
          new Auxiliary(walk(auxiliary.head(), path, in), auxiliary.weight());
      default -> layer;
    };
  }

  private Layer parallel(Parallel parallel, String path, Shape in) {
    List<Layer> branches = new ArrayList<>();
    for (Layer branch : parallel.branches()) {
      String name = branch instanceof Named named ? named.name() : "branch" + (branches.size() + 1);
      branches.add(walk(branch, inner(path, name), in));
    }
    return Parallel.of(branches);
  }

  /** Each path for itself: where paths part or meet, something else reads what it makes, too. */
  private Layer wired(Wired wired, Shape in) {
    List<Shape> shapes = wired.shapes(in);
    List<Wired.Node> nodes = new ArrayList<>();
    for (Wired.Node node : wired.nodes()) {
      int from = node.from().getFirst();
      Shape shape = from == Wired.INPUT ? in : shapes.get(from);
      nodes.add(
          node.layer() instanceof Sequential path
              ? node.with(sequence(path, "", shape, node.end()))
              : node);
    }
    return new Wired(nodes);
  }

  static String inner(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /** The layers of a list with their paths, those of lists within it among them. */
  static List<Part> parts(Sequential sequential, String path, Shape in) {
    List<Part> parts = new ArrayList<>();
    Map<String, Integer> count = new HashMap<>();
    Shape shape = in;
    for (Layer each : sequential.layers()) {
      String name =
          each instanceof Named named
              ? named.name()
              : each.label() + count.merge(each.label(), 1, Integer::sum);
      Layer layer = Part.bare(each);
      Shape out = Model.inference(layer, shape).output().shape();
      if (layer instanceof Sequential inside) {
        parts.addAll(parts(inside, inner(path, name), shape));
      } else {
        parts.add(new Part(inner(path, name), layer, shape, out));
      }
      shape = out;
    }
    return parts;
  }

  private Layer sequence(Sequential sequential, String path, Shape in, String last) {
    List<Part> parts = parts(sequential, path, in);
    List<Piece> pieces = new ArrayList<>();
    for (int i = 0; i < parts.size(); ) {
      int end = i;
      while (end < parts.size() && Linearity.isLinear(parts.get(end).layer())) {
        end++;
      }
      if (end == i) {
        pieces.add(Piece.kept(parts.get(i)));
        i++;
      } else {
        String reason =
            end == parts.size()
                ? last
                : "%s: %s"
                    .formatted(parts.get(end).path(), Linearity.reason(parts.get(end), whole));
        pieces.addAll(joining.join(parts.subList(i, end), reason));
        i = end;
      }
    }
    return assembled(pieces, path);
  }

  /** Layers under the names that they had, said only where they are not the usual ones. */
  private Layer assembled(List<Piece> pieces, String path) {
    String prefix = path.isEmpty() ? "" : path + ".";
    Map<String, Integer> count = new HashMap<>();
    Set<String> names = taken.computeIfAbsent(path, _ -> new HashSet<>());
    List<Layer> layers = new ArrayList<>();
    for (Piece piece : pieces) {
      Part part = piece.part();
      String name = free(part.name(prefix), names);
      String now = inner(path, name);
      Layer layer =
          piece.made().isPresent() ? part.layer() : walk(part.layer(), part.path(), part.in());
      piece.made().ifPresent(made -> made.forEach((local, v) -> numbers.put(now + "." + local, v)));
      piece.chain().ifPresent(chains::add);
      piece.alone().ifPresent(alone::add);
      kept.put(now, part.path());
      String usual = layer.label() + (count.getOrDefault(layer.label(), 0) + 1);
      if (usual.equals(name)) {
        count.merge(layer.label(), 1, Integer::sum);
        layers.add(layer);
      } else {
        layers.add(Named.of(name, layer));
      }
    }
    return Sequential.of(layers);
  }

  static String free(String wanted, Set<String> taken) {
    String name = wanted;
    for (int i = 2; !taken.add(name); i++) {
      name = wanted + "_" + i;
    }
    return name;
  }

  /** The same network with the identity for every activation. */
  static Layer linear(Layer layer) {
    return switch (layer) {
      case Named named when !Linearity.isActivation(Part.bare(named)) ->
          Named.of(named.name(), linear(named.layer()));
      case Named named -> Named.of(named.name(), Identity.of());
      case Sequential sequential -> linear(sequential);
      case Residual residual -> new Residual(linear(residual.body()), linear(residual.shortcut()));
      case Parallel parallel ->
          Parallel.of(parallel.branches().stream().map(Walk::linear).toList());
      case Auxiliary auxiliary -> new Auxiliary(linear(auxiliary.head()), auxiliary.weight());
      case Wired wired ->
          new Wired(wired.nodes().stream().map(node -> node.with(linear(node.layer()))).toList());
      default -> Linearity.isActivation(layer) ? Identity.of() : layer;
    };
  }

  /** Identities that stood there get names, lest new ones take theirs. */
  private static Layer linear(Sequential sequential) {
    Map<String, Integer> count = new HashMap<>();
    List<Layer> layers = new ArrayList<>();
    for (Layer each : sequential.layers()) {
      if (each instanceof Named) {
        layers.add(linear(each));
      } else {
        String name = each.label() + count.merge(each.label(), 1, Integer::sum);
        Layer layer = linear(each);
        layers.add(layer.label().equals(each.label()) ? layer : Named.of(name, layer));
      }
    }
    return Sequential.of(layers);
  }
}
