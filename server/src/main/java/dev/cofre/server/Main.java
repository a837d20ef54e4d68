package dev.cofre.server;

import dev.cofre.protocol.api.ServerInfo;
import dev.cofre.server.store.Outage;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where the server's program starts. Prints one line on standard output when it is ready; everything else goes to the log
/// on standard error. Ends by SIGTERM, or with `--stop-with-stdin` when its standard input ends. Exit status 2: it is told
/// something that it cannot do; 1: it cannot start.
public final class Main {
  private static final Logger LOG = LoggerFactory.getLogger(Main.class);

  private Main() {}

  /// Runs the server until it is told to stop.
  public static void main(String[] arguments) throws InterruptedException {
    try {
      Options options = Options.read(arguments, System.getenv());
      Configuration configuration = new Configuration(options);
      Settings settings = configuration.settings();
      if (settings.registration().mode() == ServerInfo.Registration.CLOSED) {
        LOG.warn(
            "event=registration-closed hint=\"set COFRE_REGISTRATION_TOKEN_FILE to let teams register\"");
      }
      for (String name : options.openSecrets()) {
        LOG.warn("event=secret-open-to-others setting={} hint=\"chmod 600 its file\"", name);
      }
      for (String what : configuration.unprotected()) {
        LOG.warn("event=connection-unprotected to={} hint=\"see TLS in docs/operations.md\"", what);
      }
      run(settings, options);
    } catch (BadConfiguration bad) {
      System.err.println("cofre server: " + bad.getMessage());
      System.exit(2);
    } catch (IOException | RuntimeException e) {
      LOG.debug("event=cannot-start", e);
      System.err.println("cofre server: cannot start: " + reason(e));
      System.exit(1);
    }
  }

  private static void run(Settings settings, Options options)
      throws IOException, InterruptedException {
    CompletableFuture<Optional<RunningServer>> started = new CompletableFuture<>();
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(started.join(), stopped), "stop"));
    RunningServer server = start(settings, started);
    System.out.println("cofre server ready on " + server.uri());
    System.out.flush();
    if (options.find("COFRE_STOP_WITH_STDIN").isPresent()) {
      while (System.in.read() >= 0) {
        // whatever is said, only the end counts
      }
      System.exit(0);
    }
    stopped.await();
  }

  /// Whoever is told to stop meanwhile waits for this: a database can only be stopped once it has started.
  private static RunningServer start(
      Settings settings, CompletableFuture<Optional<RunningServer>> started) throws IOException {
    try {
      RunningServer server = RunningServer.start(settings);
      started.complete(Optional.of(server));
      return server;
    } finally {
      started.complete(Optional.empty());
    }
  }

  private static void stop(Optional<RunningServer> started, CountDownLatch stopped) {
    started.ifPresent(server -> {
      server.close();
      LOG.info("event=stopped");
    });
    stopped.countDown();
  }

  /// What is underneath; of a database that does not answer, what the driver says, which names its address.
  private static String reason(Throwable thrown) {
    Throwable reason = thrown;
    while (reason.getCause() != null) {
      reason = reason.getCause();
    }
    String said = firstLine(reason);
    String other =
        switch (reason) {
          case FileSystemException _ -> reason.getClass().getSimpleName() + ": " + said;
          default -> said.isEmpty() ? reason.toString() : said;
        };
    return Outage.refused(thrown).map(sql -> "database: " + firstLine(sql)).orElse(other);
  }

  private static String firstLine(Throwable thrown) {
    return String.valueOf(thrown.getMessage()).lines().findFirst().orElse("");
  }
}
