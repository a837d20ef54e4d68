package dev.cofre.server.browser;

import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// One tab of a browser, and what it asked for.
public final class Tab implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final DevTools tools;
  private final String context;
  private final String session;
  private final Path downloads;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private volatile Optional<Meddling> meddling = Optional.empty();

  /// Somebody between the browser and the server.
  private record Meddling(Pattern path, UnaryOperator<byte[]> change) {}

  Tab(DevTools tools, String languages, Path downloads) {
    this.tools = tools;
    this.downloads = downloads;
    context = tools.ask("", "Target.createBrowserContext").get("browserContextId").asText();
    String target =
        tools
            .ask("", "Target.createTarget", "url", "about:blank", "browserContextId", context)
            .get("targetId")
            .asText();
    session =
        tools
            .ask("", "Target.attachToTarget", "targetId", target, "flatten", true)
            .get("sessionId")
            .asText();
    tools.listen(this::hear);
    tools.ask(
        "",
        "Browser.setDownloadBehavior",
        "behavior",
        "allow",
        "browserContextId",
        context,
        "downloadPath",
        downloads.toString());
    ask("Page.enable");
    ask("Network.enable");
    ask("Log.enable");
    ask("Runtime.enable");
    ask("Emulation.setUserAgentOverride", "userAgent", "a browser", "acceptLanguage", languages);
  }

  /// Gives a command to this tab.
  public JsonNode ask(String method, Object... parameters) {
    return tools.ask(session, method, parameters);
  }

  private void hear(JsonNode event) {
    if (!event.path("sessionId").asText().equals(session)) {
      return;
    }
    JsonNode said = event.path("params");
    switch (event.path("method").asText()) {
      case "Network.requestWillBeSent" -> {
        JsonNode request = said.path("request");
        requests.add(
            request.path("method").asText()
                + " "
                + request.path("url").asText()
                + " "
                + request.path("headers")
                + " "
                + request.path("postData").asText());
      }
      case "Runtime.exceptionThrown" -> complaints.add(said.path("exceptionDetails").toString());
      case "Log.entryAdded" -> complaints.add(said.path("entry").toString());
      case "Fetch.requestPaused" -> meddle(said);
      default -> {}
    }
  }

  private void meddle(JsonNode paused) {
    String id = paused.path("requestId").asText();
    String url = paused.path("request").path("url").asText();
    Optional<Meddling> now = meddling.filter(m -> m.path().matcher(url).find());
    if (now.isEmpty()) {
      var _ = tools.tell(session, "Fetch.continueRequest", "requestId", id);
      return;
    }
    var _ =
        tools
            .tell(session, "Fetch.getResponseBody", "requestId", id)
            .thenAccept(answer -> replace(paused, id, answer.path("result"), now.get()));
  }

  private void replace(JsonNode paused, String id, JsonNode body, Meddling now) {
    byte[] given = Base64.getDecoder().decode(body.path("body").asText());
    byte[] changed = now.change().apply(given);
    if (changed.length == 0) {
      var _ = tools.tell(session, "Fetch.failRequest", "requestId", id, "errorReason", "Aborted");
      return;
    }
    var _ =
        tools.tell(
            session,
            "Fetch.fulfillRequest",
            "requestId",
            id,
            "responseCode",
            paused.path("responseStatusCode").asInt(),
            "responseHeaders",
            paused.path("responseHeaders"),
            "body",
            Base64.getEncoder().encodeToString(changed));
  }

  /// Changes the answers whose address matches; no bytes are a line that breaks.
  public void meddle(String path, UnaryOperator<byte[]> change) {
    meddling = Optional.of(new Meddling(Pattern.compile(path), change));
    ask("Fetch.enable", "patterns", List.of(Map.of("urlPattern", "*", "requestStage", "Response")));
  }

  /// Lets everything through again.
  public void letBe() {
    ask("Fetch.disable");
    meddling = Optional.empty();
  }

  /// Runs a script in each page before its own.
  public void before(String script) {
    ask("Page.addScriptToEvaluateOnNewDocument", "source", script);
  }

  /// Goes to an address.
  public void go(String url) {
    ask("Page.navigate", "url", url);
  }

  /// What an expression gives, as if somebody had clicked.
  public JsonNode value(String expression) {
    JsonNode result =
        ask(
            "Runtime.evaluate",
            "expression",
            expression,
            "awaitPromise",
            true,
            "userGesture",
            true,
            "returnByValue",
            true);
    if (result.has("exceptionDetails")) {
      throw new IllegalStateException(expression + ": " + result.get("exceptionDetails"));
    }
    return result.path("result").path("value");
  }

  /// Waits until an expression is true.
  public void await(String expression) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!value("Boolean(" + expression + ")").asBoolean()) {
      if (System.nanoTime() > end) {
        fail("never: " + expression + "\n" + text() + "\n" + complaints);
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(30);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// Waits until the page says this.
  public void awaitText(String said) {
    await("document.body && document.body.innerText.includes(" + quoted(said) + ")");
  }

  /// All that can be read on the page.
  public String text() {
    return value("document.body.innerText").asText();
  }

  /// Presses a button by what it is called.
  public void press(String name) {
    String button =
        "[...document.querySelectorAll('button')].find(b => (b.ariaLabel || b.textContent) === "
            + quoted(name)
            + ")";
    await(button);
    value(button + ".click()");
  }

  /// Presses a key: `Tab` or `Enter`.
  public void type(String key) {
    int code = key.equals("Tab") ? 9 : 13;
    for (String type : List.of("keyDown", "keyUp")) {
      ask(
          "Input.dispatchKeyEvent",
          "type",
          type,
          "key",
          key,
          "code",
          key,
          "windowsVirtualKeyCode",
          code,
          "text",
          key.equals("Enter") && type.equals("keyDown") ? "\r" : "");
    }
  }

  /// A text in JavaScript.
  public static String quoted(String text) {
    return DevTools.JSON.getNodeFactory().textNode(text).toString();
  }

  /// What it asked for: method, address, headers and body of each request.
  public List<String> requests() {
    return List.copyOf(requests);
  }

  /// What the browser complained of: faults of scripts, and what a policy refused.
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  /// Waits for a whole download, and says its content.
  public byte[] download(String name) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    Path file = downloads.resolve(name);
    while (!Files.exists(file) || !unfinished().isEmpty()) {
      if (System.nanoTime() > end) {
        fail("never downloaded: " + name + ", but " + downloaded() + "\n" + text());
      }
      pause();
    }
    return Files.readAllBytes(file);
  }

  private List<String> unfinished() throws IOException {
    return downloaded().stream().filter(name -> name.endsWith(".crdownload")).toList();
  }

  /// The names of what was downloaded.
  public List<String> downloaded() throws IOException {
    try (Stream<Path> files = Files.list(downloads)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Override
  public void close() {
    tools.ask("", "Target.disposeBrowserContext", "browserContextId", context);
  }
}
