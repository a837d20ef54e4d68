package dev.cofre.server.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/// TLS before a server on this machine that speaks none. Passes bytes on as they are and counts those that it was told.
public final class TlsDoor implements AutoCloseable {
  private final SSLServerSocket near;
  private final AtomicLong heard = new AtomicLong();
  private volatile URI far = URI.create("http://127.0.0.1:1");

  private TlsDoor(SSLServerSocket near) {
    this.near = near;
  }

  /// Opens a door on a free port of the loopback addresses, with a certificate.
  public static TlsDoor open(Authority.Served served) throws IOException, GeneralSecurityException {
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(served.store(), Authority.password());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    TlsDoor door =
        new TlsDoor(
            (SSLServerSocket)
                context
                    .getServerSocketFactory()
                    .createServerSocket(0, 50, InetAddress.getByName("127.0.0.1")));
    Thread.ofVirtual().start(door::accept);
    return door;
  }

  /// Where those who come in are led to.
  public TlsDoor leadTo(URI server) {
    far = server;
    return this;
  }

  /// `https://localhost:PORT`.
  public URI uri() {
    return URI.create("https://localhost:" + near.getLocalPort());
  }

  /// How many bytes came in, once deciphered.
  public long heard() {
    return heard.get();
  }

  private void accept() {
    try {
      for (; ; ) {
        Socket caller = near.accept();
        Thread.ofVirtual().start(() -> lead(caller));
      }
    } catch (IOException _) {
      // closed
    }
  }

  private void lead(Socket caller) {
    try (caller;
        Socket server = new Socket(InetAddress.getByName("127.0.0.1"), far.getPort())) {
      Thread.ofVirtual().start(() -> back(server, caller));
      InputStream in = caller.getInputStream();
      OutputStream out = server.getOutputStream();
      byte[] buffer = new byte[1 << 14];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        heard.addAndGet(count);
        out.write(buffer, 0, count);
      }
    } catch (IOException _) {
      // The handshake failed, or somebody hung up.
    }
  }

  private static void back(Socket server, Socket caller) {
    try (server;
        caller) {
      server.getInputStream().transferTo(caller.getOutputStream());
    } catch (IOException _) {
      // somebody hung up
    }
  }

  @Override
  public void close() throws IOException {
    near.close();
  }
}
