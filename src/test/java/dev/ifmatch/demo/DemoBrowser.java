package dev.ifmatch.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** The demo's page in a headless browser, with the words of a visitor. */
final class DemoBrowser implements AutoCloseable {

  /** How the visitor looks at the page. */
  enum Look {
    DESKTOP("desktop", 1280, 800, false),
    DESKTOP_DARK("desktop-dark", 1280, 800, true),
    PHONE("phone", 390, 844, false),
    PHONE_DARK("phone-dark", 390, 844, true);

    private final String label;
    private final int width;
    private final int height;
    private final boolean dark;

    Look(String label, int width, int height, boolean dark) {
      this.label = label;
      this.width = width;
      this.height = height;
      this.dark = dark;
    }
  }

  private static final Path BROWSER = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Held here, since the log manager forgets loggers that nobody holds. */
  private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

  private final ChromeDriver driver;
  private final Look look;

  private DemoBrowser(ChromeDriver driver, Look look) {
    this.driver = driver;
    this.look = look;
  }

  static DemoBrowser open(URI page, Look look) {
    for (Path program : List.of(BROWSER, DRIVER)) {
      assumeTrue(
          Files.isExecutable(program),
          "no browser: " + program + " is missing (apt-get install chromium chromium-driver)");
    }
    SELENIUM.setLevel(Level.SEVERE);
    System.setProperty("webdriver.chrome.driver", DRIVER.toString());
    DemoBrowser browser = new DemoBrowser(new ChromeDriver(options()), look);
    browser.emulate();
    browser.driver.get(page.toString());
    browser.awaitText("#caption", "Load");
    return browser;
  }

  /** Lets the page move, which it does not in the other scripts. */
  void allowMotion() {
    prefer("no-preference");
  }

  void choose(String mode) {
    driver.findElement(By.cssSelector("[name=mode][value=" + mode + "]")).click();
    awaitText("#path", mode.equals("through") ? "ifmatch" : "backend");
    await().atMost(PATIENCE).until(() -> texts(".exchange").isEmpty());
  }

  void click(String selector) {
    find(selector).click();
  }

  void load(String person) {
    click("#" + person + " .load");
    awaitText("#" + person + " .last", "Loaded");
  }

  void type(String person, String field, String text) {
    WebElement control = find("#" + person + "-" + field);
    control.clear();
    control.sendKeys(text);
  }

  void save(String person, String result) {
    click("#" + person + " .save");
    awaitText("#" + person + " .last", result);
  }

  String value(String person, String field) {
    return find("#" + person + "-" + field).getDomProperty("value");
  }

  void awaitText(String selector, String text) {
    await()
        .atMost(PATIENCE)
        .ignoreException(StaleElementReferenceException.class)
        .untilAsserted(
            () -> assertThat(texts(selector)).as(selector).anyMatch(found -> found.contains(text)));
  }

  List<String> texts(String selector) {
    return driver.findElements(By.cssSelector(selector)).stream().map(WebElement::getText).toList();
  }

  /** What a copying button puts on the clipboard. */
  String copied(String selector) {
    driver.executeCdpCommand(
        "Browser.grantPermissions",
        Map.of("permissions", List.of("clipboardReadWrite", "clipboardSanitizedWrite")));
    click(selector);
    awaitText(selector, "Copied");
    return (String)
        driver.executeAsyncScript(
            "navigator.clipboard.readText().then(arguments[0], arguments[0])");
  }

  /** Severe entries of the console, but for the refusals that Chromium always reports there. */
  List<String> consoleErrors() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(Object::toString)
        .filter(entry -> !entry.contains("responded with a status of 412"))
        .filter(entry -> !entry.contains("responded with a status of 428"))
        .toList();
  }

  boolean scrollsSideways() {
    return (Boolean)
        driver.executeScript(
            "return document.scrollingElement.scrollWidth > document.documentElement.clientWidth");
  }

  /** Keeps a picture of the whole page, however long it is: target/demo-STAGE-LOOK.png. */
  void keepPicture(String stage) throws IOException {
    driver.executeScript("document.activeElement.blur(); scrollTo(0, 0)");
    Number length = (Number) driver.executeScript("return document.body.scrollHeight");
    screen(Math.max(look.height, length.intValue()));
    Path target = Files.createDirectories(Path.of("target"));
    Files.write(
        target.resolve("demo-" + stage + "-" + look.label + ".png"),
        driver.getScreenshotAs(OutputType.BYTES));
    screen(look.height);
  }

  @Override
  public void close() {
    driver.quit();
  }

  private WebElement find(String selector) {
    await().atMost(PATIENCE).until(() -> driver.findElement(By.cssSelector(selector)).isEnabled());
    return driver.findElement(By.cssSelector(selector));
  }

  private void emulate() {
    screen(look.height);
    prefer("reduce");
  }

  private void prefer(String motion) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", look.dark ? "dark" : "light"),
                Map.of("name", "prefers-reduced-motion", "value", motion))));
  }

  private void screen(int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", look.width, "height", height, "deviceScaleFactor", 2, "mobile", false));
  }

  private static ChromeOptions options() {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(BROWSER.toFile());
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--hide-scrollbars");
    LoggingPreferences console = new LoggingPreferences();
    console.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", console);
    return options;
  }
}
