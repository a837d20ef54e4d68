package dev.cofre.server.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/// One data directory and the PostgreSQL that serves it, through PostgreSQL's own `initdb` and `pg_ctl`. PostgreSQL refuses
/// to run as root, so under root everything runs in a user namespace of its own (`unshare -U`).
final class PostgresCluster {
  private static final Duration STOP = Duration.ofSeconds(60);
  private static final int START_ATTEMPTS = 5;
  private static final int OTHER_CONNECTIONS = 10;
  private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(2);

  private final PostgresBinaries binaries;
  private final Path home;
  private final Path data;

  PostgresCluster(PostgresBinaries binaries, Path home, Path data) {
    this.binaries = binaries;
    this.home = home;
    this.data = data;
  }

  /// Makes the cluster unless it exists. It is made beside its place and moved there when it is whole, so what stands there is never
  /// deleted; only an attempt that was cut off is done again.
  void initialise(String admin, Path passwordFile) throws IOException {
    Path marker = home.resolve("initialised");
    if (Files.exists(data.resolve("global").resolve("pg_control"))) {
      return;
    }
    if (Files.exists(marker) || Files.exists(data)) {
      throw new PostgresFailure(
          "The database in "
              + data
              + " is gone or not whole. Restore it from a backup, or, if it never held anything, remove "
              + data
              + " and "
              + marker
              + ".");
    }
    Path fresh = data.resolveSibling(data.getFileName() + ".new");
    PostgresFiles.deleteTree(fresh);
    initdb(fresh, admin, passwordFile);
    Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE);
    Files.createFile(marker);
    PostgresFiles.syncNames(home);
  }

  private void initdb(Path fresh, String admin, Path passwordFile) throws IOException {
    run(
        Duration.ofMinutes(5),
        binaries.program("initdb").toString(),
        "-D",
        fresh.toString(),
        "-U",
        admin,
        "-A",
        "scram-sha-256",
        "--pwfile=" + passwordFile,
        "--data-checksums",
        "-E",
        "UTF8",
        "--locale=C",
        "--no-instructions");
  }

  /// Starts PostgreSQL on loopback and waits until it answers, recovery included. A lock file of a PostgreSQL that was killed
  /// a moment ago, or a port that somebody took meanwhile, is met with a few more attempts. The log begins anew.
  ///
  /// @return the port
  int start(IntSupplier ports, Duration limit) throws IOException {
    Files.deleteIfExists(home.resolve("postgres.log"));
    String settings =
        String.join(
            " ",
            "-c listen_addresses=127.0.0.1",
            "-c unix_socket_directories=''",
            "-c fsync=on",
            "-c synchronous_commit=on",
            "-c full_page_writes=on",
            "-c max_connections=" + (EmbeddedPostgres.CONNECTIONS + OTHER_CONNECTIONS),
            "-c shared_buffers=64MB",
            "-c log_statement=none",
            "-c log_min_error_statement=panic",
            "-c log_error_verbosity=terse");
    for (int attempt = 1; ; attempt++) {
      StaleLock.remove(data, postmaster(data).isPresent());
      int port = ports.getAsInt();
      try {
        run(
            limit,
            binaries.program("pg_ctl").toString(),
            "-D",
            data.toString(),
            "-l",
            home.resolve("postgres.log").toString(),
            "-o",
            settings + " -p " + port,
            "-w",
            "-t",
            Long.toString(limit.toSeconds()),
            "start");
        return port;
      } catch (PostgresFailure e) {
        if (attempt == START_ATTEMPTS) {
          throw new PostgresFailure(
              "PostgreSQL does not start; see " + home.resolve("postgres.log"), e);
        }
        pause(BETWEEN_ATTEMPTS);
      }
    }
  }

  /// Stops the PostgreSQL of this directory, if one runs, at once but cleanly; also one whose server was killed. One that dies
  /// meanwhile without tidying up makes `pg_ctl` fail, but it is stopped.
  void stop() throws IOException {
    if (postmaster(data).isEmpty()) {
      return;
    }
    try {
      run(
          STOP.plusSeconds(10),
          binaries.program("pg_ctl").toString(),
          "-D",
          data.toString(),
          "-m",
          "fast",
          "-w",
          "-t",
          Long.toString(STOP.toSeconds()),
          "stop");
    } catch (PostgresFailure e) {
      if (postmaster(data).isPresent()) {
        throw e;
      }
    }
  }

  /// The live PostgreSQL of this directory: only a process whose command line names it. A killed one that nobody has reaped
  /// yet has no command line.
  static Optional<ProcessHandle> postmaster(Path data) throws IOException {
    Path file = data.resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    if (lines.isEmpty() || !lines.getFirst().strip().matches("[0-9]{1,10}")) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
        .filter(ProcessHandle::isAlive)
        .filter(p -> p.info().commandLine().filter(c -> c.contains(data.toString())).isPresent());
  }

  private void run(Duration limit, String... command) throws IOException {
    List<String> full = new ArrayList<>();
    if (PostgresFiles.ownedByRoot(home)) {
      full.addAll(List.of("unshare", "-U"));
    }
    full.addAll(List.of(command));
    Path output = home.resolve("command.log");
    Process process;
    try {
      process =
          new ProcessBuilder(full)
              .directory(home.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
              .start();
    } catch (IOException e) {
      throw new PostgresFailure(
          "Cannot run " + full.getFirst() + ". Run the server as an ordinary user, not as root.",
          e);
    }
    try {
      if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
        process.destroy();
        throw new PostgresFailure(Path.of(command[0]).getFileName() + " took more than " + limit);
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new PostgresFailure("Interrupted while PostgreSQL was starting or stopping", e);
    }
    if (process.exitValue() != 0) {
      throw new PostgresFailure(
          Path.of(command[0]).getFileName()
              + " failed: "
              + Files.readString(output, StandardCharsets.UTF_8).strip()
              + (full.getFirst().equals("unshare")
                  ? " (as root PostgreSQL needs user namespaces; or run the server as an ordinary user)"
                  : ""));
    }
  }

  private static void pause(Duration duration) throws PostgresFailure {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PostgresFailure("Interrupted while PostgreSQL was starting", e);
    }
  }
}
