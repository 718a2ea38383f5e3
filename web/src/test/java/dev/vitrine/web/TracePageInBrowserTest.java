package dev.vitrine.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.trace.Question;
import dev.vitrine.trace.Trace;
import dev.vitrine.trace.TraceDocument;
import dev.vitrine.trace.language.Notation;
import dev.vitrine.trace.language.Program;
import dev.vitrine.trace.language.Tensor;
import dev.vitrine.trace.page.TracePage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** A trace's page in a browser: changed by hand, it says what the engine says at those numbers. */
class TracePageInBrowserTest {
  private static final Pattern NUMBER = Pattern.compile("−?\\d+(\\.\\d+)?(e−?\\d+)?");

  @TempDir private static Path folder;
  private static Chromium browser;

  @BeforeAll
  static void open() {
    browser = Chromium.open(folder);
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
  }

  @AfterEach
  void nothingIsComplainedOf() {
    assertThat(browser.complaints()).isEmpty();
  }

  /**
   * A page and what is typed into it.
   *
   * @param loss empty for none
   * @param rate of the step; 0 for none
   * @param later the numbers typed
   * @param newRate the rate typed
   */
  record Change(
      String expression, String at, String loss, double rate, String later, double newRate) {
    Trace trace(String numbers, double eta) {
      Question question = Question.of(expression, Program.assignments(numbers));
      question = loss.isEmpty() ? question : question.loss(loss);
      return Trace.of(rate == 0 ? question : question.rate(eta));
    }
  }

  private static Change change(String expression, String at, String later) {
    return new Change(expression, at, "", 0, later, 0);
  }

  private static Stream<Change> changes() {
    return Stream.of(
        new Change(
            "sigmoid(sigmoid(x1 + w1)*w2 + x2)",
            "x1=1,x2=0,w1=0,w2=0,y=5",
            "sq(f - y)",
            0.5,
            "x1=-2,x2=0.25,w1=1,w2=3,y=-1",
            0.125),
        new Change(
            "x2 = σ(W1 @ x1 + b1); x3 = W2 @ x2",
            "W1=[1,2;3,4;-1,0.5],x1=[1,-1],b1=[0.1,0.2,0.3],W2=[1,-1,2;0.5,0,1],t=[1,0]",
            "sum(sq(x3 - t))/2",
            0.1,
            "W1=[-1,2;0.5,4;-1,0.25],x1=[2,-0.5],b1=[0,1,0.3],W2=[1,3,2;-0.5,0,1],t=[0,1]",
            -0.2),
        new Change("w*x + b", "w=1,x=2,b=0,y=5", "(f - y)^2/2", 0.01, "w=0,x=-3,b=1,y=1", 0.01),
        change("a = tanh(x); a*x + ln(a)/2", "x=0.5", "x=1.75"),
        change("relu(w*x) + abs*x", "w=1,x=2,abs=3", "w=-1,x=2,abs=0"),
        change("relu(w*x)", "w=1,x=2", "w=0,x=2"),
        change("leakyrelu(x, 0.1)*clip(x, -1, 1) + relu6(x*w)", "x=2,w=1", "x=0.5,w=20"),
        change("x^3 - 2x/(1 + w^2)", "x=2,w=1", "x=-1.5,w=0"),
        change("x^w", "x=2,w=3", "x=0.5,w=-2"),
        change("norm2(W @ x) + dot(x, W' @ x)", "W=[1,2;3,4],x=[1,-1]", "W=[0,2;-3,1],x=[2,0.5]"),
        change("sum(A .* A') + mean(exp(A))", "A=[1,2;3,4]", "A=[0,-1;0.5,1]"),
        change("s = w*x; s*s + s + sqrt(s)", "w=1,x=2", "w=3,x=4"),
        change("sigmoid(w*sigmoid(w*sigmoid(w*x)))*2", "w=1,x=0.5", "w=-3,x=20"),
        change("gelu(x) + gelutanh(x)*silu(x)/softplus(x) + elu(x, 2)", "x=1", "x=-1.25"),
        change("exp(w*x)/1000000000", "w=1,x=2", "w=0.001,x=-30000"));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void whatIsTypedIsCalculatedThroughAllOfIt(Change change) throws IOException {
    String fresh = address(change.trace(change.later(), change.newRate()));
    browser.goTo(fresh);
    Map<String, String> right = said("[data-number]", "number");
    Map<String, String> checks = said("[data-check]", "check");
    Map<String, String> unfolded = said("[data-worked]", "worked");

    browser.goTo(address(change.trace(change.at(), change.rate())));
    Map<String, String> before = said("[data-number]", "number");
    Map<String, String> beforeChecks = said("[data-check]", "check");
    Program.assignments(change.later()).forEach(TracePageInBrowserTest::type);
    if (change.rate() != 0) {
      type(browser.waitFor("#rate"), change.newRate());
    }
    Map<String, String> now = said("[data-number]", "number");
    assertThat(now.keySet()).containsAll(right.keySet()).isEqualTo(before.keySet());
    right.forEach((key, text) -> same(key, now.get(key), text));
    assertThat(now).isNotEqualTo(before);
    assertThat(said("[data-check]", "check")).isEqualTo(checks);
    Map<String, String> lines = said("[data-worked]", "worked");
    unfolded.forEach((key, text) -> same(key, lines.get(key), text));

    browser.driver().findElement(By.id("reset")).click();
    said("[data-number]", "number").forEach((key, text) -> same(key, text, before.get(key)));
    assertThat(said("[data-check]", "check")).isEqualTo(beforeChecks);
  }

  /** A chain of equal blocks is one box, and many once somebody asks. */
  @Test
  void whatRepeatsIsFoldedAndOpens() throws IOException {
    String chain = "a = sigmoid(w*sigmoid(w*sigmoid(w*sigmoid(w*x)))); b = tanh(a); b*b";
    browser.goTo(address(change(chain, "w=1,x=0.5", "").trace("w=1,x=0.5", 0)));
    assertThat(seen()).containsExactly("w", "x", "×0", "b", "f");
    assertThat(browser.text("svg:not(.away) .folded .title")).isEqualTo("a₁ … a ×4");
    assertThat(browser.text("svg:not(.away) .folded .formula")).isEqualTo("σ(w·□)");
    assertThat(browser.text("svg:not(.away) .folded .value"))
        .isEqualTo(content("svg.away [data-node=a] .value"))
        .isEqualTo("0.65863");

    browser.driver().findElement(By.cssSelector("svg:not(.away) .folded .title")).click();
    assertThat(seen()).hasSize(12).contains("w", "x", "z1", "a1", "z4", "a", "b", "f");
    browser.driver().findElement(By.id("fold")).click();
    assertThat(seen()).hasSize(5);
    browser.driver().findElement(By.cssSelector("svg:not(.away) .folded")).sendKeys(Keys.ENTER);
    assertThat(seen()).hasSize(12);
    browser.driver().findElement(By.id("fold")).click();

    type("x", Tensor.of(-2));
    assertThat(browser.text("svg:not(.away) .folded .value"))
        .isEqualTo(content("svg.away [data-node=a] .value"));
    assertThat(browser.barriers()).isEmpty();
  }

  /** The text of an element that need not be seen. */
  private static String content(String css) {
    return browser.driver().findElement(By.cssSelector(css)).getDomProperty("textContent");
  }

  private static List<String> seen() {
    return browser.driver().findElements(By.cssSelector("svg:not(.away) [data-node]")).stream()
        .map(node -> node.getDomAttribute("data-node"))
        .toList();
  }

  private static String address(Trace trace) throws IOException {
    String html = TracePage.html(trace, TracePage.prose(TraceDocument.of(trace, Notation.UNICODE)));
    Path file = Files.createTempFile(folder, "trace", ".html");
    Files.writeString(file, html);
    return file.toUri().toString();
  }

  private static void type(String name, Tensor value) {
    List<WebElement> fields =
        browser.driver().findElements(By.cssSelector("input[data-given=" + name + "]"));
    assertThat(fields).hasSize(value.size());
    for (int k = 0; k < fields.size(); k++) {
      type(fields.get(k), value.at(k));
    }
  }

  private static void type(WebElement field, double number) {
    field.sendKeys(Keys.chord(Keys.CONTROL, "a"), Double.toString(number));
  }

  /**
   * What the page says at all its places of a kind, by their keys and how many of that key came.
   */
  private static Map<String, String> said(String css, String data) {
    Map<String, String> said = new LinkedHashMap<>();
    List<?> pairs =
        (List<?>)
            browser
                .driver()
                .executeScript(
                    "return [...document.querySelectorAll(arguments[0])].map(e =>"
                        + " [e.dataset[arguments[1]], e.textContent])",
                    css,
                    data);
    for (Object pair : pairs) {
      String key = (String) ((List<?>) pair).get(0);
      int nth = 0;
      while (said.containsKey(key + "#" + nth)) {
        nth++;
      }
      said.put(key + "#" + nth, (String) ((List<?>) pair).get(1));
    }
    return said;
  }

  /** The same text, but that numbers may differ in their last digit. */
  private static void same(String key, String got, String right) {
    assertThat(NUMBER.matcher(got).replaceAll("N"))
        .as("%s: %s beside %s", key, got, right)
        .isEqualTo(NUMBER.matcher(right).replaceAll("N"));
    Matcher mine = NUMBER.matcher(got);
    Matcher others = NUMBER.matcher(right);
    while (mine.find() && others.find()) {
      double a = Double.parseDouble(mine.group().replace('−', '-'));
      double b = Double.parseDouble(others.group().replace('−', '-'));
      int digits = mine.group().replaceAll("e.*|\\D|^0\\.0*", "").length();
      double last = Math.abs(b) * Math.pow(10, 1 - Math.max(4, digits));
      assertThat(Math.abs(a - b))
          .as("%s: %s beside %s", key, got, right)
          .isLessThanOrEqualTo(Math.max(last, 1e-12));
    }
  }
}
