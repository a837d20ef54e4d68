package bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;

/// Passes TCP connections on and counts the bytes.
final class CountingProxy implements AutoCloseable {
  private static final int BUFFER = 64 << 10;

  private final ServerSocket socket = new ServerSocket();
  private final int target;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong received = new AtomicLong();

  /// A proxy for a port of the loopback address.
  CountingProxy(int target) throws IOException {
    this.target = target;
    socket.bind(new InetSocketAddress("127.0.0.1", 0), 1024);
    Thread.ofVirtual().start(this::accept);
  }

  String url() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  /// The bytes that clients have sent so far, HTTP's own included.
  long sent() {
    return sent.get();
  }

  /// The bytes that clients have received so far.
  long received() {
    return received.get();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        Thread.ofVirtual().start(() -> pass(client));
      } catch (IOException e) {
        // Closed, or the client is gone again.
      }
    }
  }

  private void pass(Socket client) {
    try (client;
        Socket server = new Socket("127.0.0.1", target)) {
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      Thread up = Thread.ofVirtual().start(() -> copy(client, server, sent));
      copy(server, client, received);
      up.join();
    } catch (IOException e) {
      // The client sees it.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void copy(Socket from, Socket to, AtomicLong count) {
    byte[] buffer = new byte[BUFFER];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
        out.write(buffer, 0, n);
        count.addAndGet(n);
      }
      to.shutdownOutput();
    } catch (IOException e) {
      try {
        to.close();
        from.close();
      } catch (IOException ignored) {
        // It is closed.
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
