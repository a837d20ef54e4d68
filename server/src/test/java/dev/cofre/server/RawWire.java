package dev.cofre.server;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.api.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A connection on which tests say exactly what they want, and as slowly as they want.
public final class RawWire implements AutoCloseable {
  private static final Pattern LENGTH =
      Pattern.compile("content-length: ([0-9]+)", Pattern.CASE_INSENSITIVE);

  private final Socket socket = new Socket();

  /// Receives at most `window` bytes that it has not asked for.
  public RawWire(int window) throws IOException {
    this(TestServer.uri(), window, "127.0.0.1");
  }

  /// Comes from another address of this machine, as in `127.0.0.2`.
  public static RawWire from(String address) throws IOException {
    return new RawWire(TestServer.uri(), 4096, address);
  }

  /// To another server, from an address of this machine.
  public RawWire(URI server, int window, String from) throws IOException {
    socket.setReceiveBufferSize(window);
    socket.bind(new InetSocketAddress(from, 0));
    socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
    socket.setSoTimeout(40_000);
  }

  public RawWire() throws IOException {
    this(1 << 16);
  }

  public static String head(String method, String path, Optional<Bytes> token, String... headers) {
    StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: x\r\n");
    token.ifPresent(t ->
        head.append("Authorization: Bearer ")
            .append(Base64.getUrlEncoder().withoutPadding().encodeToString(t.toArray()))
            .append("\r\n"));
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    return head.append("\r\n").toString();
  }

  public RawWire say(String text) throws IOException {
    return say(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  public RawWire say(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /// What came back: status, headers and body as they are.
  public record Said(int status, String head, byte[] body) {
    public String header(String name) {
      return head.lines()
          .filter(l -> l.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ": "))
          .map(l -> l.substring(name.length() + 2).strip())
          .findFirst()
          .orElse("");
    }

    public String problem() {
      return header(Problem.HEADER);
    }
  }

  /// One answer.
  public Said hear() throws IOException {
    InputStream in = socket.getInputStream();
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("closed after: " + head.toString(StandardCharsets.ISO_8859_1));
      }
      head.write(b);
    }
    String text = head.toString(StandardCharsets.ISO_8859_1);
    Matcher length = LENGTH.matcher(text);
    byte[] body = length.find() ? in.readNBytes(Integer.parseInt(length.group(1))) : new byte[0];
    return new Said(Integer.parseInt(text.substring(9, 12)), text, body);
  }

  /// Everything until the server ends the connection, which it is to do within a time.
  public String hearOut(int milliseconds) throws IOException {
    long end = System.nanoTime() + milliseconds * 1_000_000L;
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] some = new byte[4096];
    try {
      for (; ; ) {
        socket.setSoTimeout((int) Math.max(1, (end - System.nanoTime()) / 1_000_000));
        int count = socket.getInputStream().read(some);
        if (count < 0) {
          break;
        }
        all.write(some, 0, count);
      }
    } catch (SocketTimeoutException _) {
      throw new AssertionError("not ended after: " + all.toString(StandardCharsets.ISO_8859_1));
    } catch (IOException _) {
      // ended by a reset
    }
    return all.toString(StandardCharsets.ISO_8859_1);
  }

  /// Whether the server ends the connection within a time.
  public boolean isEndedWithin(int milliseconds) throws IOException {
    socket.setSoTimeout(milliseconds);
    try {
      byte[] rest = new byte[4096];
      while (socket.getInputStream().read(rest) >= 0) {
        // what was said before the end
      }
      return true;
    } catch (SocketTimeoutException _) {
      return false;
    } catch (IOException _) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
