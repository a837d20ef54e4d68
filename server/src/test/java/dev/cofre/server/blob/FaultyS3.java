package dev.cofre.server.blob;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Stands before an S3 server, which sees every request as it was signed, and misbehaves at the n-th one.
public final class FaultyS3 implements AutoCloseable {
  /// What happens to a request.
  public enum Fault {
    /// It is answered with 500, and nothing was done.
    ERROR,
    /// It is answered with 503 and a document that asks for patience, and nothing was done.
    SLOW_DOWN,
    /// The connection ends before anything was done.
    RESET,
    /// It is done, and the connection ends before the answer.
    LOST,
    /// It is done, and the connection ends in the middle of the answer.
    HALF,
    /// It is done, and the answer takes its time.
    SLOW
  }

  private static final Pattern LENGTH =
      Pattern.compile("\r\ncontent-length: *([0-9]+)", Pattern.CASE_INSENSITIVE);
  private static final Pattern CHUNKED =
      Pattern.compile("\r\ntransfer-encoding: *chunked", Pattern.CASE_INSENSITIVE);
  private static final String DOCUMENT = "<Error><Code>%s</Code><Message>as told</Message></Error>";

  private final ServerSocket door;
  private final URI far;
  private final AtomicInteger requests = new AtomicInteger();
  private volatile int failing;
  private volatile Fault fault = Fault.ERROR;

  private FaultyS3(ServerSocket door, URI far) {
    this.door = door;
    this.far = far;
  }

  /// Listens before the server at an endpoint.
  public static FaultyS3 before(URI endpoint) throws IOException {
    FaultyS3 s3 = new FaultyS3(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), endpoint);
    Thread.ofVirtual().start(s3::accept);
    return s3;
  }

  /// Where it is reached.
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + door.getLocalPort());
  }

  /// Misbehaves at one request, counted from 1 and from now; 0 is none.
  public void failAt(int request, Fault how) {
    requests.set(0);
    fault = how;
    failing = request;
  }

  /// How many requests there were since the last [#failAt].
  public int requests() {
    return requests.get();
  }

  private void accept() {
    try {
      for (; ; ) {
        Socket near = door.accept();
        Thread.ofVirtual().start(() -> serve(near));
      }
    } catch (IOException _) {
      // closed
    }
  }

  private void serve(Socket near) {
    try (near;
        Socket server = new Socket(far.getHost(), far.getPort())) {
      near.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      for (boolean more = true; more; ) {
        more = one(near, server);
      }
    } catch (IOException | InterruptedException _) {
      // over
    }
  }

  /// Whether the connection is of use afterwards.
  private boolean one(Socket near, Socket server) throws IOException, InterruptedException {
    byte[] head = head(near.getInputStream());
    byte[] request = with(head, body(head, near.getInputStream()));
    boolean fails = requests.incrementAndGet() == failing;
    if (fails && fault == Fault.RESET) {
      return false;
    }
    if (fails && (fault == Fault.ERROR || fault == Fault.SLOW_DOWN)) {
      refuse(near.getOutputStream(), fault, text(head).startsWith("HEAD "));
      return true;
    }
    server.getOutputStream().write(request);
    byte[] answerHead = head(server.getInputStream());
    boolean empty =
        text(head).startsWith("HEAD ") || text(answerHead).matches("(?s)HTTP/1.1 [123]?04.*");
    byte[] answer =
        empty ? answerHead : with(answerHead, body(answerHead, server.getInputStream()));
    if (fails && fault == Fault.LOST) {
      return false;
    }
    if (fails && fault == Fault.SLOW) {
      Thread.sleep(300);
    }
    OutputStream out = near.getOutputStream();
    boolean half = fails && fault == Fault.HALF;
    out.write(half ? Arrays.copyOf(answer, answer.length - answer.length / 3) : answer);
    return !half;
  }

  private static void refuse(OutputStream out, Fault fault, boolean bare) throws IOException {
    int status = fault == Fault.ERROR ? 500 : 503;
    byte[] document =
        DOCUMENT
            .formatted(fault == Fault.ERROR ? "InternalError" : "SlowDown")
            .getBytes(StandardCharsets.UTF_8);
    String head =
        "HTTP/1.1 %d No\r\nContent-Type: application/xml\r\nContent-Length: %d\r\n\r\n"
            .formatted(status, document.length);
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    if (!bare) {
      out.write(document);
    }
  }

  private static byte[] head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    for (int ends = 0; ends < 4; ) {
      int value = in.read();
      if (value < 0) {
        throw new EOFException();
      }
      head.write(value);
      boolean expected = value == (ends % 2 == 0 ? '\r' : '\n');
      ends = expected ? ends + 1 : value == '\r' ? 1 : 0;
    }
    return head.toByteArray();
  }

  private static byte[] body(byte[] head, InputStream in) throws IOException {
    Matcher length = LENGTH.matcher(text(head));
    if (length.find()) {
      return in.readNBytes(Integer.parseInt(length.group(1)));
    }
    return CHUNKED.matcher(text(head)).find() ? chunks(in) : new byte[0];
  }

  private static byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = 1; size > 0; ) {
      String line = line(in);
      size = Integer.parseInt(line, 16);
      body.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
      body.write(in.readNBytes(size + 2));
    }
    return body.toByteArray();
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int value; (value = in.read()) >= 0 && value != '\n'; ) {
      line.append((char) value);
    }
    return line.toString().strip();
  }

  private static byte[] with(byte[] head, byte[] body) {
    byte[] all = Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, all, head.length, body.length);
    return all;
  }

  private static String text(byte[] head) {
    return new String(head, StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
