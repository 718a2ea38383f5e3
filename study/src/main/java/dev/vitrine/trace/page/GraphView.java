package dev.vitrine.trace.page;

import dev.vitrine.trace.page.Repeats.Chain;
import dev.vitrine.trace.page.TraceData.Edge;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A way of drawing a graph: some of its chains folded into one node each.
 *
 * @param id what the page calls it
 * @param folded the chains that are one node, by that node's name
 * @param opens which way of drawing a click on such a node leads to, by its name
 */
record GraphView(String id, Map<String, Chain> folded, Map<String, String> opens) {
  static final String OPEN = "open";

  /**
   * The ways of drawing a graph: all chains open, all folded, and with several chains each of them
   * open alone.
   */
  static List<GraphView> of(List<Chain> chains) {
    List<GraphView> views = new ArrayList<>();
    views.add(new GraphView(OPEN, Map.of(), Map.of()));
    if (chains.isEmpty()) {
      return views;
    }
    boolean several = chains.size() > 1;
    for (int open = several ? 0 : chains.size(); open <= chains.size(); open++) {
      Map<String, Chain> folded = new LinkedHashMap<>();
      Map<String, String> opens = new HashMap<>();
      boolean all = open == chains.size();
      for (int i = 0; i < chains.size(); i++) {
        if (i != open) {
          String name = "×" + i;
          folded.put(name, chains.get(i));
          opens.put(name, all && several ? "open-" + i : OPEN);
        }
      }
      views.add(new GraphView(all ? "folded" : "open-" + open, folded, opens));
    }
    return views;
  }

  private Map<String, String> places() {
    Map<String, String> places = new HashMap<>();
    folded.forEach((node, chain) -> chain.names().forEach(name -> places.put(name, node)));
    return places;
  }

  /** The nodes, each after what it uses. */
  List<String> nodes(Collection<String> names) {
    Map<String, String> places = places();
    Set<String> nodes = new LinkedHashSet<>();
    for (String name : names) {
      String node = places.getOrDefault(name, name);
      boolean given = node.startsWith("×") && folded.get(node).own().contains(name);
      if (!given) {
        nodes.add(node);
      }
    }
    return List.copyOf(nodes);
  }

  /**
   * An edge between nodes, and what it stands for.
   *
   * @param edge between nodes
   * @param meant the edges between names
   */
  record Drawn(Edge edge, List<Edge> meant) {}

  List<Drawn> edges(List<Edge> edges) {
    Map<String, String> places = places();
    Map<Edge, List<Edge>> drawn = new LinkedHashMap<>();
    for (Edge edge : edges) {
      String from = places.getOrDefault(edge.from(), edge.from());
      String to = places.getOrDefault(edge.to(), edge.to());
      if (!from.equals(to)) {
        drawn.computeIfAbsent(new Edge(from, to), _ -> new ArrayList<>()).add(edge);
      }
    }
    return drawn.entrySet().stream().map(e -> new Drawn(e.getKey(), e.getValue())).toList();
  }
}
