package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Failures;
import dev.cofre.cli.terminal.Figures;
import dev.cofre.cli.terminal.Halt;
import dev.cofre.client.Cofre;
import dev.cofre.client.WhoAmI;
import dev.cofre.client.failure.CofreException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The examinations of `doctor`, none of which changes anything.
final class Checkup {
  private static final long LITTLE_SPACE = 512L << 20;
  private static final Duration TOLERATED_SKEW = Duration.ofMinutes(2);

  /// How a finding is.
  enum State {
    /// As it should be.
    OK,
    /// Works, but deserves a look.
    LOOK,
    /// Does not work.
    BAD
  }

  /// What was examined, how it is, and why.
  record Finding(String check, State state, String detail) {}

  private final Run run;
  private final List<Finding> findings = new ArrayList<>();

  Checkup(Run run) {
    this.run = run;
  }

  List<Finding> examine(Optional<URI> named) {
    java();
    home();
    disk();
    passphraseFile();
    Optional<URI> server = named.or(this::device);
    server.ifPresentOrElse(
        this::server, () -> add("server", State.LOOK, run.texts().say("doctor.no-server")));
    return findings;
  }

  private void java() {
    int version = Runtime.version().feature();
    add("java", version >= 25 ? State.OK : State.BAD, Runtime.version().toString());
  }

  private void home() {
    Path home = run.home();
    if (!Files.isDirectory(home)) {
      add("home", State.LOOK, run.texts().say("doctor.no-home", home));
      return;
    }
    try {
      String permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(home));
      boolean mine = permissions.endsWith("------");
      add(
          "home",
          mine ? State.OK : State.BAD,
          mine ? home.toString() : run.texts().say("doctor.home-open", home));
    } catch (UnsupportedOperationException e) {
      add("home", State.OK, home.toString());
    } catch (IOException e) {
      add("home", State.BAD, run.texts().say("error.file-unreadable", home));
    }
  }

  private void disk() {
    Path existing = run.home();
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    try {
      long left = Files.getFileStore(existing).getUsableSpace();
      add("disk", left < LITTLE_SPACE ? State.LOOK : State.OK, run.terminal().figures().size(left));
    } catch (IOException e) {
      add("disk", State.BAD, run.texts().say("error.file-unreadable", existing));
    }
  }

  private void passphraseFile() {
    String file = run.terminal().shell().environment().getOrDefault("COFRE_PASSPHRASE_FILE", "");
    if (file.isBlank()) {
      return;
    }
    boolean readable = Files.isReadable(run.terminal().shell().resolve(file));
    add("passphrase-file", readable ? State.OK : State.BAD, file);
  }

  /// Unlocks the device, which reads its whole state.
  private Optional<URI> device() {
    if (!Cofre.existsIn(run.home())) {
      add("device", State.LOOK, run.texts().say("status.none", run.home()));
      return Optional.empty();
    }
    try {
      WhoAmI who = run.cofre().whoAmI();
      run.cofre().requireNoFork();
      run.cofre()
          .lackingKey()
          .ifPresent(key ->
              add(
                  "key",
                  State.BAD,
                  run.texts()
                      .say(
                          "key.lacking", Words.shortId(key.device()), Long.toString(key.entry()))));
      add("device", State.OK, who.memberName() + ", " + who.teamName());
      return Optional.of(who.server());
    } catch (CofreException e) {
      add("device", State.BAD, Failures.of(e, run.texts()).message());
      return Optional.empty();
    } catch (Halt e) {
      add("device", State.LOOK, e.complaint().message());
      return Optional.empty();
    }
  }

  private void server(URI address) {
    try {
      Instant before = run.surroundings().clock().instant();
      ServerGreeting greeting = ServerGreeting.ask(address);
      add("server", State.OK, address + " " + greeting.version());
      greeting.date().ifPresent(date -> clock(Duration.between(before, date).abs()));
    } catch (IOException e) {
      add("server", State.BAD, run.texts().say("doctor.unreachable", address));
    }
  }

  private void clock(Duration skew) {
    boolean close = skew.compareTo(TOLERATED_SKEW) <= 0;
    add(
        "clock",
        close ? State.OK : State.LOOK,
        close ? Figures.clock(skew) : run.texts().say("doctor.skew", Figures.clock(skew)));
  }

  private void add(String check, State state, String detail) {
    findings.add(new Finding(check, state, detail));
  }
}
