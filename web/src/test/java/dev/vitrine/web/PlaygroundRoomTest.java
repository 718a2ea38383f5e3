package dev.vitrine.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.plan.Compute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** The playground as a person uses it: by hand, by keyboard, from a link, from a saved file. */
class PlaygroundRoomTest {
  @TempDir private static Path folder;
  private static final List<Throwable> FAULTS = new CopyOnWriteArrayList<>();
  private static Compute compute;
  private static LabPage page;
  private static Chromium browser;

  @BeforeAll
  static void open() {
    browser = Chromium.open(folder);
    compute = Compute.of(1);
    page = BesideThePage.page(folder, compute, FAULTS::add);
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
      page.close();
      compute.close();
    }
  }

  @AfterEach
  void nobodyIsKeptOut() {
    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.barriers()).isEmpty();
    assertThat(FAULTS).isEmpty();
  }

  @Test
  void anExampleLearnsAndItsLinkShowsTheSame() {
    goTo("");
    example("XOR, four hidden units");
    assertThat(browser.text(".pg-why")).startsWith("Succeeds.");
    double before = loss();
    press("Run");
    browser.waitUntil(() -> epoch() > 60);
    press("Pause");
    assertThat(loss()).isLessThan(before / 4);
    assertThat(share()).isGreaterThan(95);
    browser.waitUntil(PlaygroundRoomTest::addressRests);
    String standing = browser.text(".pg-standing");
    int reached = epoch();

    browser.goTo(address());
    assertThat(browser.text(".pg-standing")).isEqualTo(standing);
    press("Epoch");
    assertThat(epoch()).isEqualTo(reached + 1);
    press("Rewind");
    assertThat(epoch()).isZero();
    assertThat(loss()).isEqualTo(before);
  }

  @Test
  void itStopsAtAnEpochAndCountsTheSameByStepsAsInOneGo() {
    goTo("?stop=7&hidden=3");
    press("Run");
    browser.waitUntil(() -> epoch() == 7 && browser.text(".pg-run").equals("Run"));
    String standing = browser.text(".pg-standing");
    press("Rewind");
    for (int i = 0; i < 7 * 15; i++) {
      press("Step");
    }
    assertThat(browser.text(".pg-standing")).isEqualTo(standing);
  }

  @Test
  void depthCollapsesAndCopiesStaySaid() {
    goTo("");
    example("Deep, but linear");
    press("Epoch");
    assertThat(browser.text(".pg-notices")).contains("together they are one unit: y =");
    example("All weights alike");
    press("Epoch");
    assertThat(browser.text(".pg-notices")).contains("h₁,₂ = h₁,₁").contains("stay copies");
  }

  @Test
  void aSavedFilePlaysWithoutAServer() throws IOException {
    goTo("?hidden=3&seed=5&task=Watch+the+border");
    press("Epoch");
    String standing = browser.text(".pg-standing");
    open("Link and file");
    press("Save as one HTML file");
    Path saved = folder.resolve("playground.html");
    browser.waitUntil(() -> Files.exists(saved));
    String html = Files.readString(saved);
    assertThat(html).doesNotContain("http://127").contains("<title>Playground");
    assertThat(html.length()).isLessThan(200_000);

    browser.goTo(saved.toUri().toString());
    assertThat(browser.text(".pg-standing")).isEqualTo(standing);
    press("Epoch");
    assertThat(epoch()).isEqualTo(2);
    open("As Java");
    browser.waitUntil(() ->
        browser.driver().findElements(By.cssSelector(".pg-share pre")).stream()
            .anyMatch(text -> text.getText().contains("Linear.of(3)")));
    assertThat(browser.ask("done(performance.getEntriesByType('resource').length)")).isEqualTo(0L);
  }

  @Test
  void handsAreNotNeeded() {
    goTo("?hidden=2");
    WebElement unit = browser.waitFor(".pg-unit");
    browser.driver().executeScript("arguments[0].focus()", unit);
    new Actions(browser.driver()).sendKeys(Keys.ARROW_RIGHT, Keys.ARROW_DOWN, Keys.ENTER).perform();
    browser.waitUntil(() -> browser.text(".pg-numbers h3").endsWith("h₁,₂"));
    assertThat(browser.text(".pg-formula")).contains("tanh(");

    WebElement line = browser.waitFor(".pg-line[tabindex='0']");
    browser.driver().executeScript("arguments[0].focus()", line);
    new Actions(browser.driver())
        .sendKeys(Keys.END, Keys.PAGE_UP, Keys.ARROW_UP, Keys.ENTER)
        .perform();
    WebElement field = browser.driver().switchTo().activeElement();
    assertThat(field.getAttribute("aria-label")).isEqualTo("bias of the output");
    assertThat(field.getAttribute("value")).isEqualTo("1.1");
    field.sendKeys(Keys.chord(Keys.CONTROL, "a"), "-0.5");
    browser.waitUntil(() -> "-0.5".equals(lastLine().getAttribute("aria-valuenow")));

    browser.driver().executeScript("document.querySelector('.pg-plane').focus()");
    String at = browser.text(".pg-formula");
    new Actions(browser.driver()).sendKeys(Keys.ARROW_LEFT).perform();
    browser.waitUntil(() -> !browser.text(".pg-formula").equals(at));
    browser.driver().executeScript("document.querySelector('.pg-curve').focus()");
    new Actions(browser.driver()).sendKeys(Keys.HOME).perform();
    browser.waitUntil(() -> browser.text(".pg-said").startsWith("Epoch 0: loss"));

    // All that can be reached by Tab has a name.
    List<?> nameless =
        (List<?>)
            browser.ask(
                "done([...document.querySelectorAll('main button, main select, main input, main textarea')]"
                    + ".filter(e => !e.closest('[hidden]') && !e.labels?.length && !e.textContent.trim()"
                    + " && !e.getAttribute('aria-label')).map(e => e.outerHTML))");
    assertThat(nameless).isEmpty();
  }

  @Test
  void linesAreDragged() {
    goTo("?hidden=2");
    WebElement bias = lastLine();
    double before = Double.parseDouble(bias.getAttribute("aria-valuenow"));
    new Actions(browser.driver())
        .moveToElement(bias.findElement(By.cssSelector("circle.pg-wide")))
        .clickAndHold()
        .moveByOffset(0, -50)
        .release()
        .perform();
    browser.waitUntil(
        () -> Double.parseDouble(lastLine().getAttribute("aria-valuenow")) > before + 0.9);
    browser.waitUntil(() -> address().contains("start="));
  }

  @Test
  void pointsAreDrawnAndTablesTaken() {
    goTo("?data=own");
    browser.waitFor("fieldset .pg-fields + .pg-fields option[value='0']").click();
    Actions draw =
        new Actions(browser.driver()).moveToElement(browser.waitFor(".pg-plane"), -80, 60);
    draw.click().moveByOffset(30, 0).click().perform();
    browser.waitUntil(() -> browser.text(".pg-standing").contains("on 1 points"));
    browser.waitUntil(() -> address().contains("points="));

    browser.waitFor(".pg-csv summary").click();
    WebElement area = browser.waitFor(".pg-csv textarea");
    area.sendKeys("width,height,kind\n1,2,cat\n30,4,dog\n5,60,cow\n7,8,cat\n");
    press("Take these");
    browser.waitUntil(
        () -> browser.text("#line").contains("4 points taken; classes cat, cow, dog"));
    browser.waitFor(".pg-csv textarea").sendKeys("1,2,3\n4,x,6\n");
    press("Take these");
    browser.waitUntil(() -> browser.text("#line").contains("Row 2 has \"x\""));
  }

  @Test
  void aTeachersLinkHidesLocksAndAsks() {
    goTo("?class=1&task=Make+it+learn+XOR&hide=data,share&lock=network,weights&data=xor");
    assertThat(browser.text(".pg-task")).contains("Make it learn XOR");
    assertThat(browser.waitFor(".pg-left fieldset").isDisplayed()).isFalse();
    assertThat(browser.waitFor(".pg-middle fieldset").getAttribute("disabled")).isNotNull();
    assertThat(browser.waitFor(".pg-head button").isEnabled()).isFalse();
    assertThat(browser.waitFor(".pg-share").isDisplayed()).isFalse();
    String before = lastLine().getAttribute("aria-valuenow");
    browser.driver().executeScript("arguments[0].focus()", lastLine());
    new Actions(browser.driver()).sendKeys(Keys.PAGE_UP).perform();
    press("Epoch");
    press("Rewind");
    assertThat(lastLine().getAttribute("aria-valuenow")).isEqualTo(before);
  }

  @Test
  void aWrongLinkIsOneSentence() {
    browser.driver().get("about:blank");
    browser.driver().get("http://127.0.0.1:%s/#/playground?data=xorr".formatted(page.port()));
    browser.waitUntil(() -> browser.text("#line").contains("The link's data is \"xorr\""));
  }

  private static void goTo(String query) {
    browser.goTo("http://127.0.0.1:%s/#/playground%s".formatted(page.port(), query));
    browser.waitFor(".pg-unit");
  }

  private static void example(String title) {
    browser.driver().findElement(By.xpath("//option[.='%s']".formatted(title))).click();
  }

  private static void press(String button) {
    By place = By.xpath("//button[.='%s']".formatted(button));
    // Drawing anew may replace a button between its finding and the click.
    browser.waitUntil(() -> clicked(place));
  }

  private static boolean clicked(By place) {
    try {
      browser.driver().findElement(place).click();
      return true;
    } catch (NoSuchElementException | StaleElementReferenceException e) {
      return false;
    }
  }

  private static void open(String title) {
    browser.driver().findElement(By.xpath("//summary[.='%s']".formatted(title))).click();
  }

  private static WebElement lastLine() {
    return browser.driver().findElements(By.cssSelector(".pg-line")).getLast();
  }

  private static String address() {
    return browser.driver().getCurrentUrl();
  }

  /** Whether the address has the weights and does not change any more. */
  private static boolean addressRests() {
    String seen = address();
    browser.ask("setTimeout(done, 700)");
    return seen.contains("weights=") && seen.equals(address());
  }

  private static int epoch() {
    return Integer.parseInt(browser.text(".pg-clock").replaceAll("\\D", ""));
  }

  private static double loss() {
    return Double.parseDouble(
        browser.text(".pg-standing").replaceAll("(?s).*?Loss (\\S+) on.*", "$1"));
  }

  private static double share() {
    return Double.parseDouble(
        browser
            .text(".pg-standing")
            .replaceAll("(?s).*?, ([0-9.]+)\\s%.*", "$1")
            .replace("\u00a0", ""));
  }
}
