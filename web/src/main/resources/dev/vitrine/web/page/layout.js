// Where boxes and arrows go: computed beside the page, in a worker, so that it stays alive meanwhile.
import { Graph, layout } from "./vendor/dagre.js";

onmessage = ({ data }) => {
  const graph = new Graph();
  graph.setGraph({ rankdir: "TB", nodesep: 18, ranksep: 26, marginx: 8, marginy: 8 });
  graph.setDefaultEdgeLabel(() => ({}));
  data.boxes.forEach(({ id, width, height }) => graph.setNode(id, { width, height }));
  data.arrows.forEach(({ from, to }) => graph.setEdge(from, to));
  layout(graph);
  postMessage({
    asked: data.asked,
    width: graph.graph().width,
    height: graph.graph().height,
    boxes: data.boxes.map(({ id }) => ({ id, x: graph.node(id).x, y: graph.node(id).y })),
    arrows: graph.edges().map((edge) => ({ from: edge.v, to: edge.w, points: graph.edge(edge).points })),
  });
};
