package dev.cofre.server.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// A conversation with a browser by the DevTools protocol: commands, their answers, and events.
final class DevTools implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final int PATIENCE_SECONDS = 120;

  private final HttpClient http = HttpClient.newHttpClient();
  private final AtomicInteger next = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
  private final CopyOnWriteArrayList<Consumer<JsonNode>> listeners = new CopyOnWriteArrayList<>();
  private final ExecutorService events = Executors.newSingleThreadExecutor();
  private final ExecutorService sending = Executors.newSingleThreadExecutor();
  private final WebSocket socket;

  DevTools(URI address) {
    socket = http.newWebSocketBuilder().buildAsync(address, new Hearing()).join();
  }

  /// Hears every event, in order.
  void listen(Consumer<JsonNode> listener) {
    listeners.add(listener);
  }

  /// Sends a command without waiting for what it gives.
  CompletableFuture<JsonNode> tell(String session, String method, Object... parameters) {
    ObjectNode command = JSON.createObjectNode();
    int id = next.incrementAndGet();
    command.put("id", id).put("method", method);
    if (!session.isEmpty()) {
      command.put("sessionId", session);
    }
    ObjectNode given = command.putObject("params");
    for (int i = 0; i < parameters.length; i += 2) {
      given.set((String) parameters[i], JSON.valueToTree(parameters[i + 1]));
    }
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    asked.put(id, answer);
    sending.execute(() -> socket.sendText(command.toString(), true).join());
    return answer;
  }

  /// Sends a command and waits for what it gives.
  JsonNode ask(String session, String method, Object... parameters) {
    try {
      JsonNode answer = tell(session, method, parameters).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (answer.has("error")) {
        throw new IllegalStateException(method + ": " + answer.get("error"));
      }
      return answer.path("result");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(method, e);
    }
  }

  private void hear(String message) {
    try {
      JsonNode said = JSON.readTree(message);
      if (said.has("id")) {
        CompletableFuture<JsonNode> answer = asked.remove(said.get("id").asInt());
        if (answer != null) {
          answer.complete(said);
        }
      } else {
        events.execute(() -> listeners.forEach(each -> each.accept(said)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class Hearing implements WebSocket.Listener {
    private final StringBuilder message = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      message.append(data);
      if (last) {
        String whole = message.toString();
        message.setLength(0);
        hear(whole);
      }
      from.request(1);
      return CompletableFuture.completedFuture(null);
    }
  }

  @Override
  public void close() {
    socket.abort();
    events.shutdownNow();
    sending.shutdownNow();
    http.shutdownNow();
  }
}
