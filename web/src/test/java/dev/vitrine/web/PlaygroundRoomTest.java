package dev.vitrine.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.plan.Compute;
import dev.vitrine.web.http.PageServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
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
    page =
        LabPage.open(
            new PageServer.Place("127.0.0.1", 0, List.of(), "", Optional.empty()),
            new LabPage.Subjects(List.of(folder), folder.resolve("runs"), Optional.empty()),
            compute,
            FAULTS::add);
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
  void nobodyIsKeptOut() throws IOException {
    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.barriers()).isEmpty();
    assertThat(FAULTS).isEmpty();
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

  private static void goTo(String query) {
    browser.goTo("http://127.0.0.1:%s/#/playground%s".formatted(page.port(), query));
    browser.waitFor(".pg-unit");
  }

  private static void example(String title) {
    browser.driver().findElement(By.xpath("//option[.='%s']".formatted(title))).click();
  }

  private static void press(String button) {
    browser.driver().findElement(By.xpath("//button[.='%s']".formatted(button))).click();
  }

  private static WebElement lastLine() {
    return browser.driver().findElements(By.cssSelector(".pg-line")).getLast();
  }

  private static String address() {
    return browser.driver().getCurrentUrl();
  }

  private static int epoch() {
    return Integer.parseInt(browser.text(".pg-clock").replaceAll("\\D", ""));
  }
}
