package dev.cofre.client.hostile;

import dev.cofre.protocol.Bytes;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// A port of this machine on which HTTP/1.1 is spoken as [Answer]s say, well or badly. There are two for all tests of a run, so that
/// devices made beforehand find their server again at its address; whoever opened one last hears what comes.
final class Doorway {
  /// Where the server of the tests is.
  static final Doorway FIRST = new Doorway();

  /// Where nobody has any business to be.
  static final Doorway SECOND = new Doorway();

  private static final int LONGEST_LINE = 16 << 10;

  private final ServerSocket socket;
  private final AtomicReference<Optional<Host>> host = new AtomicReference<>(Optional.empty());

  /// Whoever answers.
  interface Host {
    Answer answer(Received request);
  }

  private Doorway() {
    try {
      socket = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofPlatform().daemon().name("doorway-" + socket.getLocalPort()).start(this::accept);
  }

  /// `http://127.0.0.1:PORT`.
  String origin() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  /// Lets somebody answer from now on.
  void open(Host whoever) {
    host.set(Optional.of(whoever));
  }

  private void accept() {
    while (true) {
      try {
        Socket connection = socket.accept();
        Thread.ofVirtual().start(() -> converse(connection));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void converse(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(connection.getInputStream());
      OutputStream out = connection.getOutputStream();
      for (Optional<Received> next = read(in); next.isPresent(); next = read(in)) {
        Received request = next.get();
        Answer answer = host.get().map(h -> h.answer(request)).orElse(Answer.hangUp());
        if (answer.ending() == Answer.Ending.HUNG_UP) {
          return;
        }
        answer.write(out);
        if (answer.last()) {
          return;
        }
      }
    } catch (IOException _) {
      // The client went away.
    }
  }

  private static Optional<Received> read(InputStream in) throws IOException {
    List<String> head = new ArrayList<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      head.add(line);
    }
    if (head.isEmpty()) {
      return Optional.empty();
    }
    Received bare = new Received(head, Bytes.EMPTY);
    int length = bare.header("Content-Length").map(Integer::parseInt).orElse(0);
    byte[] body = in.readNBytes(length);
    return body.length < length ? Optional.empty() : Optional.of(bare.with(Bytes.of(body)));
  }

  private static String line(InputStream in) throws IOException {
    byte[] line = new byte[LONGEST_LINE];
    int length = 0;
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      if (length == line.length) {
        throw new IOException("a line of more than " + LONGEST_LINE + " bytes");
      }
      line[length++] = (byte) next;
    }
    int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
    return new String(line, 0, end, StandardCharsets.ISO_8859_1);
  }
}
