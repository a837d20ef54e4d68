package dev.cofre.server;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Stands between a server and its PostgreSQL, and cuts a connection at the n-th statement: before the database hears of it, or after it
/// has done it and before the server hears of that.
final class FaultyDatabase implements AutoCloseable {
  /// When the connection is cut.
  enum Moment {
    BEFORE,
    AFTER
  }

  private static final Pattern ADDRESS = Pattern.compile("//127\\.0\\.0\\.1:([0-9]+)/");
  private static final int SSL = 80877103;
  private static final int GSS = 80877104;

  private final ServerSocket door;
  private final int port;
  private final String url;
  private final AtomicInteger statements = new AtomicInteger();
  private volatile int failing;
  private volatile Moment moment = Moment.BEFORE;

  private FaultyDatabase(ServerSocket door, String url) {
    Matcher matcher = ADDRESS.matcher(url);
    if (!matcher.find()) {
      throw new IllegalArgumentException(url);
    }
    this.door = door;
    this.port = Integer.parseInt(matcher.group(1));
    this.url = url.replace(":" + port + "/", ":" + door.getLocalPort() + "/");
  }

  /// Listens before the database of a JDBC address.
  static FaultyDatabase before(String url) {
    try {
      FaultyDatabase database =
          new FaultyDatabase(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), url);
      Thread.ofVirtual().start(database::accept);
      return database;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String url() {
    return url;
  }

  /// Cuts at a statement, counted from 1 and from now; 0 is none.
  void failAt(int statement, Moment when) {
    statements.set(0);
    moment = when;
    failing = statement;
  }

  void heal() {
    failing = 0;
  }

  /// How many statements there were since the last [#failAt].
  int statements() {
    return statements.get();
  }

  private void accept() {
    try {
      for (; ; ) {
        Socket server = door.accept();
        Socket database = new Socket(InetAddress.getLoopbackAddress(), port);
        server.setTcpNoDelay(true);
        database.setTcpNoDelay(true);
        Thread.ofVirtual().start(() -> forward(server, database));
        Thread.ofVirtual().start(() -> back(database, server));
      }
    } catch (IOException _) {
      // closed
    }
  }

  private static void back(Socket database, Socket server) {
    try (database;
        server) {
      database.getInputStream().transferTo(server.getOutputStream());
    } catch (IOException _) {
      // cut
    }
  }

  private void forward(Socket server, Socket database) {
    try (server;
        database) {
      DataInputStream in = new DataInputStream(server.getInputStream());
      OutputStream out = database.getOutputStream();
      greet(in, out);
      for (; ; ) {
        int type = in.read();
        if (type < 0) {
          return;
        }
        int length = in.readInt();
        byte[] message = in.readNBytes(length - 4);
        boolean cut = (type == 'S' || type == 'Q') && statements.incrementAndGet() == failing;
        if (cut && moment == Moment.BEFORE) {
          return;
        }
        if (cut) {
          server.shutdownOutput();
        }
        out.write(
            ByteBuffer.allocate(length + 1).put((byte) type).putInt(length).put(message).array());
        if (cut) {
          Thread.sleep(30);
          return;
        }
      }
    } catch (IOException | InterruptedException _) {
      // cut, or over
    }
  }

  /// The first messages have no type.
  private static void greet(DataInputStream in, OutputStream out) throws IOException {
    for (; ; ) {
      int length = in.readInt();
      byte[] rest = in.readNBytes(length - 4);
      out.write(ByteBuffer.allocate(4).putInt(length).array());
      out.write(rest);
      out.flush();
      int code = ByteBuffer.wrap(rest).getInt();
      if (code != SSL && code != GSS) {
        return;
      }
    }
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "before port %d", port);
  }
}
