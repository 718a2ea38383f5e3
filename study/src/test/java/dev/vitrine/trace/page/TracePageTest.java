package dev.vitrine.trace.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.vitrine.format.Json;
import dev.vitrine.format.JsonObject;
import dev.vitrine.trace.Question;
import dev.vitrine.trace.Trace;
import dev.vitrine.trace.language.Function;
import dev.vitrine.trace.language.Program;
import dev.vitrine.trace.language.Tensor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traces as pages. */
class TracePageTest {
  private static final String MATRICES = "W=[1,2;3,4;-1,0.5],x=[1,-1],b=[0.1,0.2,0.3],t=[1,0,2]";

  /** Expressions, their numbers, and other numbers to which the page's are changed. */
  private record Change(String expression, String at, String later) {}

  private static List<Change> changes() {
    List<Change> changes = new ArrayList<>();
    for (String name : Function.names()) {
      String call = name.equals("clip") ? "clip(w*x, 0.5, 2)" : name + "(w*x)";
      changes.add(new Change(call + " + w/x^3", "w=0.5,x=2", "w=1.25,x=0.75"));
      if (!name.equals("ln")) {
        changes.add(new Change(call, "w=0.5,x=2", "w=-1.5,x=0.75"));
        changes.add(new Change("sum(%s)".formatted(call), "w=0.5,x=[2,-1]", "w=-1.5,x=[1,0.25]"));
      }
    }
    String layer = "z = W @ x + b; h = tanh(z); mean(sq(h - t)) + norm2(z) + dot(b, t)";
    changes.add(new Change(layer, MATRICES, MATRICES.replace("0.5", "-2.5")));
    changes.add(new Change("sum(W' @ W)", "W=[1,2;3,4;5,6]", "W=[1,0;-3,4;5,0.5]"));
    changes.add(new Change("a = tanh(x); a*x + a", "x=0.5", "x=-2"));
    return changes;
  }

  /** A step unfolds to the line that one writes on paper before working it out. */
  @Test
  void aStepUnfoldsToItsNumbers(@TempDir Path folder) throws Exception {
    assumeThat(hasNode()).as("Node.js runs the page's script").isTrue();
    assertThat(unfolded("w*x + b", "w=-2,x=3,b=-1", folder)).isEqualTo("(−2) · 3 + (−1)");
    assertThat(unfolded("w - (x - b)", "w=1,x=3,b=-1", folder)).isEqualTo("1 − (3 − (−1))");
    assertThat(unfolded("(w + x)^2 * b", "w=1,x=3,b=2", folder)).isEqualTo("(1 + 3)^2 · 2");
    assertThat(unfolded("x / (w * b)", "w=2,x=3,b=5", folder)).isEqualTo("3 / (2 · 5)");
  }

  /** The last step's line, with its numbers put in. */
  private static String unfolded(String expression, String at, Path folder) throws Exception {
    Trace trace = Trace.of(Question.of(expression, Program.assignments(at)));
    String script =
        TracePage.script()
            + "const t = %s; const r = Vitrine.compute(t, t.given); let f = t.steps.at(-1).formula;"
                .formatted(TracePage.data(trace))
            + " console.log(Written.line(f, r.names));";
    Path file = Files.writeString(folder.resolve("unfolded.js"), script);
    Process node = new ProcessBuilder("node", file.toString()).redirectErrorStream(true).start();
    String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(node.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return said.strip();
  }

  @Test
  void thePagesArithmeticIsTheEngines(@TempDir Path folder) throws Exception {
    assumeThat(hasNode()).as("Node.js runs the page's script").isTrue();
    List<Change> changes = changes();
    StringBuilder script = new StringBuilder(TracePage.script());
    for (Change change : changes) {
      Trace first = Trace.of(Question.of(change.expression(), Program.assignments(change.at())));
      Map<String, Object> given = new LinkedHashMap<>();
      Program.assignments(change.later())
          .forEach((name, value) -> given.put(name, FormulaData.tensor(value)));
      script.append(
          "console.log(JSON.stringify(Vitrine.compute(%s, %s)));\n"
              .formatted(TracePage.data(first), Json.line(given)));
    }
    Path file = folder.resolve("page.js");
    Files.writeString(file, script);
    Process node = new ProcessBuilder("node", file.toString()).redirectErrorStream(true).start();
    List<String> lines =
        new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSameSizeAs(changes);
    for (int i = 0; i < lines.size(); i++) {
      Change change = changes.get(i);
      Trace later = Trace.of(Question.of(change.expression(), Program.assignments(change.later())));
      JsonObject got = Json.parse(lines.get(i), "the page");
      later
          .forward()
          .forEach(step -> equal(change, got.object("values"), step.name(), step.value()));
      later
          .backward()
          .forEach(step -> equal(change, got.object("gradients"), step.name(), step.value()));
    }
  }

  private static boolean hasNode() throws InterruptedException {
    try {
      return new ProcessBuilder("node", "--version").start().waitFor(30, TimeUnit.SECONDS);
    } catch (IOException absent) {
      return false;
    }
  }

  private static void equal(Change change, JsonObject all, String name, Tensor expected) {
    List<Double> got = all.object(name).numbers("at");
    assertThat(got).hasSize(expected.size());
    for (int k = 0; k < got.size(); k++) {
      double scale = Math.max(1, Math.abs(expected.at(k)));
      assertThat(got.get(k))
          .as("%s of %s", name, change)
          .isCloseTo(expected.at(k), Offset.offset(1e-12 * scale));
    }
  }

  private static String page(String expression, String at) {
    return TracePage.html(Trace.of(Question.of(expression, Program.assignments(at))), List.of());
  }

  @Test
  void thePageIsWellFormedAndWhole() throws Exception {
    String html = page("a = tanh(x); a*x + ln(a)/2", "x=0.5");
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8)));
    assertThat(html)
        .contains("data-number=\"value:f\" data-brief=\"1\">−0.15491</text>")
        .contains("data-number=\"gradient:x\">1.70625915</span>")
        .contains("data-number=\"local:a|x\"")
        .doesNotContain("http://www.w3.org/1999", "src=", "@import");
    assertThat(html.replace("http://www.w3.org/2000/svg", "")).doesNotContain("http");
  }

  @Test
  void edgesGoAroundNodes() {
    List<TraceData.Edge> edges =
        Stream.of("a b", "b c", "c d", "a d", "b d", "a c")
            .map(e -> new TraceData.Edge(e.substring(0, 1), e.substring(2)))
            .toList();
    Layers layers = new Layers(List.of("a", "b", "c", "d"), edges);
    assertThat(List.of(layers.column("a"), layers.column("b"), layers.column("d")))
        .containsExactly(0, 1, 3);
    for (TraceData.Edge edge : edges) {
      List<String> way = layers.way(edge.from(), edge.to());
      assertThat(way).hasSize(layers.column(edge.to()) - layers.column(edge.from()) + 1);
      for (int k = 1; k < way.size() - 1; k++) {
        for (String node : List.of("b", "c")) {
          if (layers.column(node) == layers.column(edge.from()) + k) {
            assertThat(Math.abs(layers.height(way.get(k)) - layers.height(node)))
                .isGreaterThanOrEqualTo(1 - 1e-9);
          }
        }
      }
    }
  }
}
