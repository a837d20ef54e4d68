package dev.cofre.server;

import dev.cofre.server.postgres.PostgresAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// Another server in the same JVM, with settings of its own and tables of its own beside that of [TestServer].
public final class SideServer implements AutoCloseable {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static volatile Optional<URI> inUse = Optional.empty();

  private final RunningServer server;

  private SideServer(RunningServer server) {
    this.server = server;
  }

  public static SideServer start(Consumer<Settings> more) throws IOException, SQLException {
    return start(UnaryOperator.identity(), more);
  }

  /// Starts a server that reaches its database through something else, by its JDBC address.
  public static SideServer start(UnaryOperator<String> through, Consumer<Settings> more)
      throws IOException, SQLException {
    String name = "side_" + NUMBER.incrementAndGet();
    try (Connection connection = TestServer.database();
        Statement sql = connection.createStatement()) {
      sql.execute("CREATE SCHEMA " + name);
    }
    PostgresAddress address = TestServer.databaseAddress();
    String url = address.jdbcUrl() + "?currentSchema=" + name;
    Settings settings =
        Settings.of(
            new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0),
            Path.of("target", "test-server", name));
    settings.database(
        new Settings.Database(through.apply(url), address.user(), address.password()));
    settings.databaseConnections(4);
    // Tests move the clock by days: what one of them brings is no older for that.
    settings.grace(Duration.ofDays(3650));
    more.accept(settings);
    return new SideServer(RunningServer.start(settings, TestServer.CLOCK));
  }

  public URI uri() {
    return server.uri();
  }

  /// A part of it.
  public <T> T bean(Class<T> type) {
    return server.bean(type);
  }

  /// From now on [Wire], [RawWire] and [TeamOnServer] speak to this server, until it is closed.
  public SideServer use() {
    inUse = Optional.of(server.uri());
    return this;
  }

  static Optional<URI> inUse() {
    return inUse;
  }

  @Override
  public void close() {
    inUse = Optional.empty();
    server.close();
  }
}
