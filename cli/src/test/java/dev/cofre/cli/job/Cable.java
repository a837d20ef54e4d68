package dev.cofre.cli.job;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// The line between people and their server, over real sockets. It can be told where to break; a broken one hangs up on everybody until it
/// is mended.
final class Cable implements AutoCloseable {
  private static final Knife NONE = (_, _, count) -> count;

  private final ServerSocket near;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile URI far = URI.create("http://127.0.0.1:1");
  private volatile Knife knife = NONE;
  private volatile boolean broken;

  /// Which way bytes go.
  enum Way {
    /// To the server.
    UP,
    /// To the person.
    DOWN
  }

  /// Looks at what passes.
  private interface Knife {
    /// How many of these bytes still get through; the line breaks when it is not all of them.
    int lets(Way way, byte[] bytes, int count);
  }

  private Cable(ServerSocket near) {
    this.near = near;
  }

  static Cable lay() throws IOException {
    Cable cable = new Cable(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    Thread.ofVirtual().start(cable::accept);
    return cable;
  }

  void leadTo(URI server) {
    far = server;
  }

  String url() {
    return "http://127.0.0.1:" + near.getLocalPort();
  }

  /// Breaks once so many bytes have passed in one direction.
  void breakAfter(Way way, long bytes) {
    AtomicLong left = new AtomicLong(bytes);
    knife =
        (passing, _, count) ->
            passing == way ? Math.clamp(left.getAndAdd(-count), 0, count) : count;
  }

  /// Breaks when the server answers a request whose first line begins like this, before a byte of the answer has passed.
  void breakInAnswerTo(String method, String pathEnd) {
    AtomicBoolean asked = new AtomicBoolean();
    knife =
        (way, bytes, count) -> {
          if (way == Way.DOWN) {
            return asked.get() ? 0 : count;
          }
          String text = new String(bytes, 0, count, StandardCharsets.ISO_8859_1);
          if (text.startsWith(method + " ")
              && text.lines().findFirst().orElse("").contains(pathEnd + " ")) {
            asked.set(true);
          }
          return count;
        };
  }

  boolean isBroken() {
    return broken;
  }

  void mend() {
    knife = NONE;
    broken = false;
  }

  private void accept() {
    while (!near.isClosed()) {
      try {
        Socket person = near.accept();
        if (broken) {
          person.close();
        } else {
          connect(person);
        }
      } catch (IOException e) {
        if (!near.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private void connect(Socket person) throws IOException {
    Socket server = new Socket(far.getHost(), far.getPort());
    open.add(person);
    open.add(server);
    Thread.ofVirtual().start(() -> carry(Way.UP, person, server));
    Thread.ofVirtual().start(() -> carry(Way.DOWN, server, person));
  }

  private void carry(Way way, Socket from, Socket to) {
    byte[] bytes = new byte[1 << 14];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        int passing = broken ? 0 : knife.lets(way, bytes, count);
        out.write(bytes, 0, passing);
        if (passing < count) {
          snap();
          return;
        }
      }
    } catch (IOException e) {
      // One end has hung up.
    } finally {
      hangUp(from);
      hangUp(to);
    }
  }

  private void snap() {
    broken = true;
    open.forEach(this::hangUp);
  }

  private void hangUp(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      open.remove(socket);
    }
  }

  @Override
  public void close() throws IOException {
    near.close();
    open.forEach(this::hangUp);
  }
}
