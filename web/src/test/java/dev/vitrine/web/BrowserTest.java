package dev.vitrine.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.data.Dataset;
import dev.vitrine.data.digits.Digits;
import dev.vitrine.image.Png;
import dev.vitrine.image.Raster;
import dev.vitrine.plan.Compute;
import dev.vitrine.random.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;

/** The page used as a person uses it, in the system's Chromium; skipped where there is none. */
class BrowserTest {
  @TempDir private static Path folder;
  private static final List<Throwable> FAULTS = new CopyOnWriteArrayList<>();
  private static Compute compute;
  private static LabPage page;
  private static Chromium chromium;
  private static ChromeDriver browser;

  @BeforeAll
  static void open() {
    chromium = Chromium.open(folder);
    browser = chromium.driver();
    compute = Compute.of(2);
    page = BesideThePage.page(folder, compute, FAULTS::add);
  }

  @AfterAll
  static void close() {
    if (chromium != null) {
      chromium.close();
      page.close();
      compute.close();
    }
  }

  /** No room may leave an error, a request to another host, or a barrier behind. */
  @AfterEach
  void checked() {
    assertThat(chromium.complaints())
        .filteredOn(complaint -> !complaint.contains("status of 400"))
        .isEmpty();
    assertThat(
            (List<?>)
                browser.executeScript(
                    "return performance.getEntriesByType('resource').map(e => new URL(e.name).host)"
                        + ".filter(host => host !== location.host)"))
        .isEmpty();
    assertThat(chromium.barriers()).isEmpty();
    assertThat(FAULTS).isEmpty();
  }

  @Test
  void whatIsTrainedHereIsListedComparedAndReadsADrawing() {
    goTo("#/train?model=lenet5&data=digits&train-images=3000&test-images=200&epochs=20&lr=0.05");
    click("button.main");
    waitUntil(() -> text("article .state").equals("trains"));
    // Curves and tables that come meanwhile may move the button from under the pointer.
    By pause = By.xpath("//article//button[.='Pause'][not(@disabled)]");
    waitUntil(() -> {
      browser.findElements(pause).forEach(WebElement::click);
      return text("article .state").equals("paused");
    });
    click(By.xpath("//article//button[.='Go on']"));
    waitUntil(() -> text("article .state").equals("finished"));
    assertThat(text("article .hash")).matches("[0-9a-f]{16}");
    assertThat(texts("figcaption strong")).anyMatch(title -> title.contains("loss"));

    goTo("#/runs");
    click("td button.link");
    waitUntil(() -> !browser.findElements(By.tagName("pre")).isEmpty());
    assertThat(text("pre")).startsWith("vitrine train").contains("--model lenet5");
    assertThat(browser.getCurrentUrl()).contains("runs=lenet5-digits-1");
    browser.navigate().refresh();
    waitUntil(() -> text("section h3").equals("lenet5-digits-1"));

    mistakesAreWalkedByKeys();
    goTo("#/draw?run=lenet5-digits-1");
    WebElement canvas = waitFor("canvas.draw");
    assertThat(text("section")).contains("Nothing is drawn");
    new Actions(browser)
        .moveToElement(canvas, 0, -110)
        .clickAndHold()
        .moveByOffset(0, 60)
        .moveByOffset(0, 60)
        .moveByOffset(0, 90)
        .release()
        .perform();
    waitUntil(() -> text("section h3").startsWith("It reads"));
    assertThat(text("section h3")).isEqualTo("It reads 1");
    click(By.xpath("//label[contains(., 'the layers')]/input"));
    waitUntil(() -> browser.findElements(By.cssSelector(".maps canvas")).size() > 20);
    click(By.xpath("//button[.='Clear']"));
    waitUntil(() -> text("section").contains("Nothing is drawn"));

    canvas.click();
    click(By.xpath("//button[.='Clear']"));
    Actions keys = new Actions(browser).click(canvas).sendKeys("c", Keys.SPACE);
    for (int i = 0; i < 18; i++) {
      keys.sendKeys(Keys.ARROW_DOWN);
    }
    keys.sendKeys(Keys.SPACE).perform();
    waitUntil(() -> text("section h3").equals("It reads 1"));
  }

  /** From the matrix to a picture's layers without a pointer. */
  private void mistakesAreWalkedByKeys() {
    goTo("#/mistakes?run=lenet5-digits-1");
    waitFor(".matrix button");
    assertThat(text("p.sentence")).contains("test examples it reads");
    assertThat(browser.findElements(By.cssSelector(".matrix tbody th"))).hasSize(10);
    browser.executeScript("document.querySelector('.matrix button').focus()");
    new Actions(browser).sendKeys(Keys.ARROW_RIGHT, Keys.ARROW_DOWN, Keys.ARROW_DOWN).perform();
    assertThat(browser.switchTo().activeElement().getAttribute("data-at")).isEqualTo("2,1");
    new Actions(browser).sendKeys(Keys.ARROW_RIGHT, Keys.ENTER).perform();
    waitUntil(() -> text("section h3").equals("2, read right"));
    waitUntil(() -> browser.switchTo().activeElement().getAttribute("class").equals("example"));
    new Actions(browser).sendKeys(Keys.ENTER).perform();
    waitUntil(() -> texts("section h3").stream().anyMatch(each -> each.contains("beside #")));
    assertThat(browser.findElements(By.cssSelector(".pair .maps"))).hasSizeGreaterThan(8);
    assertThat(browser.getCurrentUrl()).contains("actual=2").contains("example=");
    browser.navigate().refresh();
    waitUntil(() -> texts("section h3").stream().anyMatch(each -> each.contains("beside #")));
    checked();
  }

  @Test
  void aWrongSettingIsSaidInPlace() {
    goTo("#/train?model=lenett&data=digits");
    click("button.main");
    waitUntil(() -> text("form > [role=alert]").contains("lenett"));
    assertThat(text("form > [role=alert]")).contains("lenet");
  }

  @Test
  void aNetworkIsDrawnFoldedAndWalkedByKeys() {
    goTo("#/network?name=resnet18");
    waitFor("g.box");
    int folded = browser.findElements(By.cssSelector("g.box")).size();
    assertThat(folded).isBetween(5, 30);
    browser.executeScript("document.querySelector('g.box').focus()");
    new Actions(browser).sendKeys(Keys.ARROW_DOWN).perform();
    waitUntil(() -> text("section h3").equals("conv1"));
    assertThat(texts("section dd")).contains("64×112×112");
    browser.findElements(By.cssSelector("g.box.many")).getFirst().click();
    waitUntil(() -> browser.findElements(By.cssSelector("g.box")).size() > folded);
  }

  /** With Tab, arrows and Space alone: a layer's film, and the part of a picture that is seen. */
  @Test
  void aFilmIsSteppedByKeys() {
    goTo("#/chain?layer=maxpool2d&kernel=2");
    waitFor(".stage table");
    browser.executeScript("document.querySelector('.stage').focus()");
    new Actions(browser).sendKeys(Keys.ARROW_RIGHT).perform();
    waitUntil(() -> text(".said").contains("the largest of"));
    new Actions(browser).sendKeys(Keys.END).perform();
    waitUntil(() -> text(".said").contains("the same numbers as the engine"));
    new Actions(browser).sendKeys(Keys.HOME, Keys.SPACE).perform();
    waitUntil(() -> text(".said").contains("the largest of"));
  }

  @Test
  void whatAnElementSeesIsMovedByKeys() {
    goTo("#/network?name=lenet5&layer=conv2");
    WebElement picture = waitFor("canvas[tabindex]");
    String before = picture.getAttribute("aria-label");
    browser.executeScript("arguments[0].focus()", picture);
    new Actions(browser).sendKeys(Keys.ARROW_UP).perform();
    waitUntil(() -> !picture.getAttribute("aria-label").equals(before));
    assertThat(before).contains("sees rows");
  }

  /** A newcomer without a run draws at once; what was misread is kept, and taken back. */
  @Test
  void withoutARunTheNetworkThatComesAlongReads() {
    goTo("#/draw?run=embedded:digits");
    WebElement canvas = waitFor("canvas.draw");
    browser.executeScript("arguments[0].focus()", canvas);
    Actions keys = new Actions(browser).sendKeys(Keys.SPACE);
    for (int i = 0; i < 18; i++) {
      keys.sendKeys(Keys.ARROW_DOWN);
    }
    keys.sendKeys(Keys.SPACE).perform();
    waitUntil(() -> text("section h3").equals("It reads 1"));
    click(By.xpath("//label[contains(., 'each step')]/input"));
    waitUntil(() -> browser.findElements(By.cssSelector("figure.small")).size() == 6);
    click(By.xpath("//button[.='Keep it']"));
    waitUntil(() -> text("fieldset div.note").contains("Kept: 1 × "));
    click(By.xpath("//button[.='Take the last one back']"));
    waitUntil(() -> text("fieldset div.note").startsWith("A drawing that is kept"));
  }

  @Test
  void anExpressionIsWorkedOutAndASlipPointedAt() {
    goTo("#/chain");
    waitUntil(() -> !waitFor("iframe").getAttribute("src").isEmpty());
    WebElement expression = browser.findElement(By.cssSelector("form input"));
    expression.clear();
    expression.sendKeys("sigmoid(x1 +", Keys.ENTER);
    waitUntil(() -> !text("[role=alert]").isEmpty());
    assertThat(text("[role=alert]")).containsIgnoringCase("column");
  }

  @Test
  void aPhotographIsReadAndWhatIsNoneIsSaid() throws IOException {
    Raster paper = Raster.black(400, 160, 1);
    Dataset digits = Digits.test(Seed.of(5), 4);
    for (int i = 0; i < 4; i++) {
      paper.paint(digits.picture(i).enlarged(2), 40 + 80 * i, 50);
    }
    Path photo = folder.resolve("four.png");
    Png.write(photo, paper.inverted());
    goTo("#/photo");
    waitFor("input[type=file]").sendKeys(photo.toString());
    waitUntil(() -> !text(".digits").isEmpty());
    String expected =
        IntStream.range(0, 4)
            .mapToObj(i -> String.valueOf(digits.label(i)))
            .collect(Collectors.joining());
    assertThat(text(".digits")).isEqualTo(expected);
    waitUntil(() -> waitFor("iframe").isDisplayed());
    Path none = Files.writeString(folder.resolve("none.png"), "no picture");
    browser.findElement(By.cssSelector("input[type=file]")).sendKeys(none.toString());
    waitUntil(() -> text("[role=alert]").contains("none.png"));
    assertThat(text("[role=alert]")).doesNotContain("vitrine-sent");
  }

  /**
   * By keys alone: a slip said in place and mended, a study begun, watched, and its report read.
   */
  @Test
  void aStudyIsBegunWatchedAndRead() {
    goTo("#/studies?jobs=1");
    WebElement text = waitFor(".editor textarea");
    text.sendKeys(Keys.chord(Keys.CONTROL, "a"), STUDY.replace("epochs", "epochz"));
    waitUntil(() -> text("#study-wrong").contains("line 2, column"));
    assertThat(text(".editor .here")).isEqualTo("2");
    checked();
    browser.findElement(By.cssSelector("#study-wrong button")).sendKeys(Keys.ENTER);
    assertThat(browser.switchTo().activeElement()).isEqualTo(text);
    new Actions(browser).sendKeys("epochs").perform();
    waitUntil(() -> text("form").contains("2 arms, 2 points, 2 seeds"));
    browser.findElement(By.cssSelector("form button.main")).sendKeys(Keys.ENTER);
    waitUntil(() -> browser.getCurrentUrl().endsWith("#/studies?study=brief"));
    waitUntil(() -> text(".state").startsWith("done"));
    waitUntil(() -> texts("td.trial").stream().filter(cell -> cell.endsWith("%")).count() == 4);
    assertThat(text(".journal")).contains("ended: all is done").contains("chosen for lr=0.1");
    assertThat(texts("pre")).contains("vitrine study --resume " + folder.resolve("studies/brief"));
    click(By.xpath("//summary[.='Its report']"));
    browser.switchTo().frame(waitFor("iframe"));
    waitUntil(() -> text("body").contains("Which rate?"));
    browser.switchTo().defaultContent();
    browser.navigate().refresh();
    waitUntil(() -> text(".state").startsWith("done"));
  }

  private static final String STUDY =
      "name: brief\nsettings: {epochs: 1, data: digits, model: mlp-5, train-images: 200,"
          + " test-images: 50}\nquestion: Which rate?\nvary: [{name: lr, values: [0.01, 0.1]}]\n"
          + "seeds: 2\n";

  /** Whoever goes on while a room waits for its numbers stands where they went. */
  @Test
  void aRoomThatIsLeftWhileItOpensStaysAway() {
    goTo("#/photo");
    browser.executeScript(
        """
        const now = window.fetch;
        window.asked = window.late = 0;
        window.fetch = (path, ...more) => String(path).startsWith('api/runs') && ++window.asked
          ? new Promise((done) => setTimeout(done, 1000)).then(() => now(path, ...more)).finally(() => window.late++)
          : now(path, ...more);
        location.hash = '#/mistakes';
        """);
    waitUntil(() -> (long) browser.executeScript("return window.asked") == 1);
    browser.executeScript("location.hash = '#/photo'");
    waitUntil(() -> (long) browser.executeScript("return window.late") == 1);
    waitUntil(() -> text("main h2").equals("Photo"));
    assertThat(
            chromium.ask(
                "setTimeout(() => done(document.querySelector('main h2').innerText), 600)"))
        .isEqualTo("Photo");
    assertThat(browser.getCurrentUrl()).endsWith("#/photo");
    browser.executeScript("location.hash = '#/nowhere'");
    waitUntil(() -> text("#line").contains("There is no room"));
  }

  @Test
  void aServerThatIsAwayIsOneSentence() {
    goTo("#/draw?run=embedded:digits");
    WebElement canvas = waitFor("canvas.draw");
    waitUntil(() -> browser.findElements(By.cssSelector(".way option")).size() > 9);
    browser.executeScript("window.fetch = () => Promise.reject(new TypeError('Failed to fetch'))");
    new Actions(browser)
        .moveToElement(canvas)
        .clickAndHold()
        .moveByOffset(0, 60)
        .release()
        .perform();
    waitUntil(() -> text("#line").startsWith("The server does not answer"));
    browser.executeScript("location.hash = '#/mistakes'");
    waitUntil(() -> text("main").contains("The server does not answer"));
    assertThat(text("main h2")).isEqualTo("Mistakes");
  }

  @Test
  void anEmptyLabSaysHowToBegin() {
    goTo("#/runs?find=nothing-is-called-so");
    assertThat(text("main h2")).isEqualTo("Runs");
  }

  private static void goTo(String hash) {
    chromium.goTo("http://127.0.0.1:" + page.port() + "/" + hash);
  }

  private static void click(String css) {
    waitFor(css).click();
  }

  private static void click(By by) {
    waitUntil(() -> !browser.findElements(by).isEmpty());
    browser.findElement(by).click();
  }

  private static WebElement waitFor(String css) {
    return chromium.waitFor(css);
  }

  private static String text(String css) {
    return chromium.text(css);
  }

  private static List<String> texts(String css) {
    return browser.findElements(By.cssSelector(css)).stream().map(WebElement::getText).toList();
  }

  private static void waitUntil(BooleanSupplier holds) {
    chromium.waitUntil(holds);
  }
}
