package dev.cofre.cli.agent;

import dev.cofre.client.crypto.SecretBytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// The process that keeps one device unlocked. It holds nothing but the key that the passphrase was turned into, gives it to
/// whoever can reach its socket, which is the same user only, and ends when nobody asked for a while: also when the machine slept
/// through it, when the timers of a process stand still.
public final class Agent {
  static final byte KEY = 'K';
  static final byte PRESENT = 'P';
  static final byte END = 'E';
  private static final int LONGEST_KEY = 255;
  private static final Duration LOOK = Duration.ofSeconds(5);

  private final SecretBytes key;
  private final Duration idle;
  private final InstantSource time;
  private final ServerSocketChannel server;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
  private final ScheduledFuture<?> looking;
  private volatile long usedAt;
  private volatile Instant over;

  private Agent(SecretBytes key, Duration idle, InstantSource time, ServerSocketChannel server) {
    this.key = key;
    this.idle = idle;
    this.time = time;
    this.server = server;
    this.usedAt = System.nanoTime();
    this.over = time.instant().plus(idle);
    long pause = (idle.compareTo(LOOK) < 0 ? idle : LOOK).toMillis();
    this.looking =
        clock.scheduleWithFixedDelay(this::closeWhenOver, pause, pause, TimeUnit.MILLISECONDS);
  }

  /// By either clock: the one stands still while the machine sleeps, the other can be set back.
  private boolean isOver() {
    return System.nanoTime() - usedAt >= idle.toNanos() || !time.instant().isBefore(over);
  }

  private void closeWhenOver() {
    try {
      if (isOver()) {
        server.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Listens for a home until nobody has asked for `idle`, or somebody said that it is enough. Reads the key from `in` to its end
  /// and wipes it at last; writes one byte to `ready` once it listens.
  public static void keep(
      Path home,
      Map<String, String> environment,
      Duration idle,
      InstantSource time,
      InputStream in,
      OutputStream ready)
      throws IOException {
    byte[] given = in.readNBytes(LONGEST_KEY);
    AgentSocket socket = AgentSocket.of(home, environment);
    socket.prepare();
    Files.deleteIfExists(socket.path());
    try (SecretBytes key = SecretBytes.taking(given);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket.path()));
      socket.narrow();
      Agent agent = new Agent(key, idle, time, server);
      ready.write(PRESENT);
      ready.flush();
      agent.serve();
    } finally {
      Files.deleteIfExists(socket.path());
    }
  }

  private void serve() {
    try {
      while (server.isOpen()) {
        SocketChannel caller = server.accept();
        Thread.startVirtualThread(() -> answer(caller));
      }
    } catch (IOException e) {
      looking.cancel(false);
      clock.shutdownNow();
    }
  }

  /// Answers one caller, who stands in nobody's way by saying nothing, and ends nothing by going away.
  private void answer(SocketChannel caller) {
    try (caller) {
      tell(caller);
    } catch (IOException _) {
      // Whoever asked is gone.
    }
  }

  private void tell(SocketChannel caller) throws IOException {
    ByteBuffer question = ByteBuffer.allocate(1);
    if (caller.read(question) != 1) {
      return;
    }
    switch (question.get(0)) {
      case KEY -> {
        if (isOver()) {
          server.close();
          return;
        }
        usedAt = System.nanoTime();
        over = time.instant().plus(idle);
        byte[] bytes = key.toArray();
        write(caller, bytes);
        Arrays.fill(bytes, (byte) 0);
      }
      case PRESENT -> write(caller, new byte[] {PRESENT});
      case END -> {
        write(caller, new byte[] {END});
        server.close();
      }
      default -> write(caller, new byte[0]);
    }
  }

  private static void write(SocketChannel caller, byte[] answer) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(answer);
    while (bytes.hasRemaining()) {
      caller.write(bytes);
    }
  }

  /// Asks the agent of a home one thing; empty when none answers.
  static Optional<byte[]> ask(Path home, Map<String, String> environment, byte question) {
    AgentSocket socket = AgentSocket.of(home, environment);
    if (!socket.exists() || !socket.isPrivate()) {
      return Optional.empty();
    }
    try (SocketChannel agent = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      agent.connect(UnixDomainSocketAddress.of(socket.path()));
      agent.write(ByteBuffer.wrap(new byte[] {question}));
      byte[] answer = Channels.newInputStream(agent).readNBytes(LONGEST_KEY);
      return Optional.of(answer).filter(bytes -> bytes.length > 0);
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
