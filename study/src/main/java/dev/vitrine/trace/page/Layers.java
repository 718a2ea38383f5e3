package dev.vitrine.trace.page;

import dev.vitrine.trace.page.TraceData.Edge;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Places of a graph's nodes in columns: a node stands behind all that it uses, by its longest path,
 * and a leaf right before its first user. An edge over several columns has a place in each, so that
 * it goes around the nodes there.
 */
final class Layers {
  private static final int SWEEPS = 8;

  private final Map<String, Integer> column = new LinkedHashMap<>();
  private final List<List<String>> columns = new ArrayList<>();
  private final Map<Edge, List<String>> ways = new LinkedHashMap<>();
  private final Map<String, Double> height = new HashMap<>();

  /**
   * Lays a graph out.
   *
   * @param nodes in an order in which each comes after what it uses
   * @param edges from what is used to its user
   */
  Layers(Collection<String> nodes, List<Edge> edges) {
    nodes.forEach(node -> column.put(node, 0));
    for (String node : nodes) {
      edges.stream()
          .filter(e -> e.to().equals(node))
          .forEach(e -> column.merge(node, column.get(e.from()) + 1, Math::max));
    }
    for (String node : nodes) {
      if (edges.stream().noneMatch(e -> e.to().equals(node))) {
        edges.stream()
            .filter(e -> e.from().equals(node))
            .mapToInt(e -> column.get(e.to()) - 1)
            .min()
            .ifPresent(before -> column.put(node, before));
      }
    }
    column.forEach(this::enter);
    edges.forEach(this::way);
    order();
    place();
  }

  private void enter(String node, int at) {
    while (columns.size() <= at) {
      columns.add(new ArrayList<>());
    }
    columns.get(at).add(node);
  }

  private void way(Edge edge) {
    List<String> way = new ArrayList<>(List.of(edge.from()));
    for (int c = column.get(edge.from()) + 1; c < column.get(edge.to()); c++) {
      String place = "%s>%s>%s".formatted(edge.from(), edge.to(), c);
      enter(place, c);
      way.add(place);
    }
    way.add(edge.to());
    ways.put(edge, way);
  }

  /** Each among the neighbours of its neighbours, forth and back. */
  private void order() {
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      for (int i = 1; i < columns.size(); i++) {
        boolean forth = sweep % 2 == 0;
        int c = forth ? i : columns.size() - 1 - i;
        List<String> beside = columns.get(forth ? c - 1 : c + 1);
        columns
            .get(c)
            .sort(Comparator.comparingDouble(node -> middle(node, beside, beside::indexOf)));
      }
    }
  }

  private interface Position {
    double of(String node);
  }

  private double middle(String node, List<String> beside, Position position) {
    return ways.values().stream()
        .flatMap(way -> {
          int at = way.indexOf(node);
          List<String> near = new ArrayList<>();
          if (at > 0) {
            near.add(way.get(at - 1));
          }
          if (at >= 0 && at + 1 < way.size()) {
            near.add(way.get(at + 1));
          }
          return near.stream();
        })
        .filter(beside::contains)
        .mapToDouble(position::of)
        .average()
        .orElse(0);
  }

  /** As high as the neighbours are on average, at least one apart. */
  private void place() {
    columns.forEach(nodes -> {
      for (int k = 0; k < nodes.size(); k++) {
        height.put(nodes.get(k), k - (nodes.size() - 1) / 2.0);
      }
    });
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      for (int i = 1; i < columns.size(); i++) {
        boolean forth = sweep % 2 == 0;
        int c = forth ? i : columns.size() - 1 - i;
        apart(columns.get(c), columns.get(forth ? c - 1 : c + 1));
      }
    }
    double least = height.values().stream().mapToDouble(h -> h).min().orElse(0);
    height.replaceAll((_, h) -> h - least);
  }

  private void apart(List<String> nodes, List<String> beside) {
    double[] wanted = new double[nodes.size()];
    double shift = 0;
    double last = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < wanted.length; k++) {
      double ideal = middle(nodes.get(k), beside, height::get);
      wanted[k] = Math.max(ideal, last + 1);
      shift += wanted[k] - ideal;
      last = wanted[k];
    }
    for (int k = 0; k < wanted.length; k++) {
      height.put(nodes.get(k), wanted[k] - shift / wanted.length);
    }
  }

  /** In which column a node is, from 0. */
  int column(String node) {
    return column.get(node);
  }

  /** How many columns there are. */
  int columns() {
    return columns.size();
  }

  /** How far down a node or a place of an edge is, from 0; neighbours are at least 1 apart. */
  double height(String node) {
    return height.get(node);
  }

  /** How far down the lowest is. */
  double deepest() {
    return height.values().stream().mapToDouble(h -> h).max().orElse(0);
  }

  /** The places that an edge goes through, its ends among them, one in each column. */
  List<String> way(String from, String to) {
    return ways.get(new Edge(from, to));
  }
}
