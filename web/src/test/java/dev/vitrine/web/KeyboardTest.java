package dev.vitrine.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.plan.Compute;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;

/** The page without a pointer: all is reached by Tab, shows that it is, and does what it says. */
class KeyboardTest {
  /** Of every element that Tab should reach and did not, and of every one that hid its focus. */
  private static final String FOUND =
      """
      const reached = new Set(window.reached.map(({ element }) => element));
      const kept = [...document.querySelectorAll(
          'a[href],button,input,select,textarea,summary,iframe,[tabindex]')]
        .filter((e) => !reached.has(e) && !e.disabled && e.tabIndex >= 0 && e.checkVisibility()
          && !e.closest('fieldset[disabled]'));
      const dim = window.reached.filter(({ shown }) => !shown).map(({ element }) => element);
      return [...kept.map((e) => 'not reached: ' + e.outerHTML.slice(0, 120)),
              ...dim.map((e) => 'focus unseen: ' + e.outerHTML.slice(0, 120))];
      """;

  private static final String WATCH =
      """
      const look = (e) => [e, e.closest('.editor') ?? e, ...e.querySelectorAll('rect, .pg-wide')].map((each) => {
        const s = getComputedStyle(each);
        return [s.outlineStyle, s.outlineWidth, s.stroke, s.strokeWidth, s.borderColor].join();
      }).join('|');
      window.reached = [];
      document.activeElement?.blur();
      document.addEventListener('focusin', ({ target }) =>
        window.reached.push({ element: target, shown: look(target) !== target.unfocused }));
      // Of a frame's focus only the window hears; what is in it shows it.
      window.addEventListener('blur', () => {
        if (document.activeElement.tagName === 'IFRAME') {
          window.reached.push({ element: document.activeElement, shown: true });
        }
      });
      for (const e of document.querySelectorAll('*')) e.unfocused = look(e);
      """;

  @TempDir private static Path folder;
  private static final List<Throwable> FAULTS = new CopyOnWriteArrayList<>();
  private static Compute compute;
  private static LabPage page;
  private static Chromium browser;

  @BeforeAll
  static void open() {
    browser = Chromium.open(folder);
    compute = Compute.of(1);
    BesideThePage.train(
        Map.of(
            "model",
            "mlp-30",
            "data",
            "digits",
            "train-images",
            "300",
            "test-images",
            "100",
            "epochs",
            "2"),
        folder.resolve("small"),
        compute);
    page = BesideThePage.page(folder, compute, FAULTS::add);
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
      page.close();
      compute.close();
    }
    assertThat(FAULTS).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "runs?runs=small",
        "train",
        "draw?run=small",
        "playground?hidden=2",
        "network?run=small",
        "chain",
        "chain?layer=maxpool2d&kernel=2",
        "mistakes?run=small",
        "mistakes?run=small&actual=3&read=3",
        "photo",
        "studies"
      })
  void tabReachesAllAndFocusIsSeen(String room) {
    goTo(room);
    settled();
    if (room.equals("studies")) { // what the text would do is told a moment later
      browser.waitUntil(() -> browser.text("main").contains("that may be trained"));
    }
    browser.driver().executeScript(WATCH);
    long stops =
        (long)
            browser
                .driver()
                .executeScript(
                    "return [...document.querySelectorAll('*')].filter(e => e.tabIndex >= 0).length");
    tab(Math.min(stops + 4, 150));
    if (room.startsWith("network")) {
      // What a layer holds is fetched when somebody rests at it: on from the last one, at rest.
      press("g.box:last-child", Keys.ARROW_UP, Keys.ARROW_DOWN);
      browser.waitFor("section figure details summary");
      settled();
      tab(30);
    }
    assertThat((List<?>) browser.driver().executeScript(FOUND)).isEmpty();
  }

  /** Until the room has its parts, and they stay the same for a while. */
  private static void settled() {
    browser.waitUntil(() ->
        (Boolean)
            browser.ask(
                "const n = document.querySelectorAll('main *').length;"
                    + "setTimeout(() => done(n > 5 && n === document.querySelectorAll('main *').length"
                    + " && !document.querySelector('main progress[aria-label^=How]')), 300)"));
  }

  @Test
  void theFirstStopSkipsToTheRoomThatIsShown() {
    goTo("draw?run=small");
    browser.waitFor("canvas.draw");
    new Actions(browser.driver()).sendKeys(Keys.TAB, Keys.ENTER).perform();
    browser.waitUntil(() -> focused("id").equals("room"));
    assertThat(browser.driver().getCurrentUrl()).endsWith("#/draw?run=small");
    assertThat(browser.text("main h2")).isEqualTo("Draw");
  }

  @Test
  void aRunIsChosenComparedAndSorted() {
    goTo("runs");
    browser.waitFor("td button.link");
    press("tr:has([aria-label='Compare small']) button.link", Keys.ENTER);
    browser.waitUntil(() -> browser.text("section h3").equals("small"));
    press(".chart", Keys.END);
    browser.waitUntil(() -> browser.text(".chart-read").startsWith("epoch 2: small "));
    press(".chart", Keys.ARROW_LEFT);
    browser.waitUntil(() -> browser.text(".chart-read").contains("point 1 of 2"));
    press("th[aria-sort] button", Keys.ENTER);
    browser.waitUntil(
        () -> browser.waitFor("th[aria-sort]").getAttribute("aria-sort").equals("ascending"));
    assertThat(focused("data-key")).isNotEmpty();
    press("figure details summary", Keys.ENTER);
    browser.waitUntil(() -> !browser.text("figure details td").isEmpty());
    press("[aria-label='Compare small']", Keys.SPACE);
    browser.waitUntil(() -> !browser.driver().getCurrentUrl().contains("runs=small"));
    assertThat(focused("aria-label")).isEqualTo("Compare small");
  }

  @Test
  void aNetworkIsTypedMendedAndTrained() {
    goTo("train?model=mlp-5&data=digits&train-images=200&test-images=50&epochs=1");
    press("form details summary", Keys.ENTER);
    browser.waitUntil(() -> typed().contains("linear"));
    press("textarea.typed", Keys.chord(Keys.CONTROL, Keys.END), "?");
    browser.waitUntil(() -> browser.text("#typed-wrong").contains("Line "));
    press("#typed-wrong button", Keys.ENTER);
    assertThat(focused("class")).isEqualTo("typed");
    new Actions(browser.driver())
        .sendKeys(Keys.chord(Keys.CONTROL, Keys.END), Keys.BACK_SPACE)
        .perform();
    browser.waitUntil(() -> browser.text("form [role=status]").contains(" parameters"));
    assertThat(browser.text("#typed-wrong")).isEmpty();
    press("form button[type=submit]", Keys.ENTER);
    browser.waitUntil(() -> browser.text("article .state").equals("finished"));
    press("article details summary", Keys.ENTER);
    browser.waitUntil(() -> browser.text("article pre").contains(".json"));
  }

  private static String typed() {
    return (String) browser.driver().executeScript("return document.querySelector('.typed').value");
  }

  private static void tab(long times) {
    Actions tabs = new Actions(browser.driver());
    for (int i = 0; i < times; i++) {
      tabs.sendKeys(Keys.TAB);
    }
    tabs.perform();
  }

  private static void goTo(String room) {
    browser.goTo("http://127.0.0.1:%s/#/%s".formatted(page.port(), room));
  }

  private static String focused(String attribute) {
    return browser.driver().switchTo().activeElement().getAttribute(attribute);
  }

  /** Keys on what stands there, focused. */
  private static void press(String css, CharSequence... keys) {
    browser.driver().executeScript("arguments[0].focus()", browser.waitFor(css));
    new Actions(browser.driver()).sendKeys(keys).perform();
  }
}
