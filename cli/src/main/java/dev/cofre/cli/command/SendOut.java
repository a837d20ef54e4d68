package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Exit;
import dev.cofre.cli.terminal.Place;
import dev.cofre.cli.terminal.Shell;
import dev.cofre.cli.terminal.Table;
import dev.cofre.cli.terminal.Visible;
import dev.cofre.client.Passphrase;
import dev.cofre.client.Vault;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.format.SendManifest;
import dev.cofre.client.keys.SendSecret;
import dev.cofre.client.send.NewSend;
import dev.cofre.client.send.SendItem;
import dev.cofre.client.send.SendRequest;
import dev.cofre.protocol.SendId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Makes links through which somebody outside the team gets files or a text.
@Command
final class SendOut extends Verb {
  @Parameters(arity = "0..*", paramLabel = "FILE|VAULT:/PATH")
  private List<String> sources = new ArrayList<>();

  @Option(names = "--text", paramLabel = "-")
  private @Nullable String text;

  @Option(names = "--to", paramLabel = "LABEL")
  private List<String> labels = new ArrayList<>();

  @Option(names = "--vault", paramLabel = "VAULT")
  private @Nullable String named;

  @Option(names = "--expires", paramLabel = "TIME")
  private String expires = "1d";

  @Option(names = "--opens", paramLabel = "N")
  private @Nullable Integer opens;

  @Option(names = "--passcode")
  private boolean passcode;

  @Option(names = "--note", paramLabel = "TEXT")
  private String note = "";

  @Option(names = "--dry-run")
  private boolean dryRun;

  @Override
  public Exit run(Run run) throws CofreException, IOException {
    if ((text == null) == sources.isEmpty()) {
      throw run.texts().halt(Exit.USAGE, "send-what");
    }
    if (text != null && !text.equals("-")) {
      throw run.texts().halt(Exit.USAGE, "send-text");
    }
    Instant until = SendTimes.parse(run, expires);
    List<Path> files = new ArrayList<>();
    List<Place.InVault> places = new ArrayList<>();
    for (String typed : sources) {
      switch (Place.parse(typed, run.texts())) {
        case Place.Local local -> files.add(LocalFiles.existing(run, local.path()));
        case Place.InVault place -> places.add(place);
      }
    }
    Vault vault = vault(run, places);
    List<String> paths = new ArrayList<>();
    for (Place.InVault place : places) {
      paths.addAll(Globs.expand(run, vault, place));
    }
    SendRequest request = request(run, files, paths, until);
    if (dryRun) {
      return plan(run, vault, request);
    }
    Optional<String> words =
        passcode
            ? Optional.of(SendSecret.freshPasscode(run.surroundings().random()))
            : Optional.empty();
    List<NewSend> made;
    try (Transfer transfer = new Transfer(run.terminal())) {
      made = send(vault, request, words, transfer);
    }
    for (NewSend each : made) {
      run.terminal()
          .result(
              new Made(each.link(), each.id(), each.label(), vault.id(), each.expires(), words),
              each.link());
    }
    tell(run, until, words);
    return Exit.DONE;
  }

  private SendRequest request(Run run, List<Path> files, List<String> paths, Instant until)
      throws IOException {
    Optional<String> typed = text == null ? Optional.empty() : Optional.of(typed(run));
    try {
      return new SendRequest(
          files,
          paths,
          typed,
          note,
          labels.isEmpty() ? List.of("") : labels,
          until,
          Optional.ofNullable(opens).map(Integer::longValue));
    } catch (IllegalArgumentException _) {
      throw run.texts().halt(Exit.USAGE, "send-limits");
    }
  }

  private static List<NewSend> send(
      Vault vault, SendRequest request, Optional<String> words, Transfer transfer)
      throws CofreException {
    if (words.isEmpty()) {
      return vault.sends().send(request, Optional.empty(), transfer);
    }
    try (Passphrase secret = Passphrase.of(words.get().toCharArray())) {
      return vault.sends().send(request, Optional.of(secret), transfer);
    }
  }

  /// A text is never an argument: others on the machine can see those.
  private static String typed(Run run) throws IOException {
    Shell shell = run.terminal().shell();
    if (shell.isTerminal(Shell.Stream.IN)) {
      return Answers.lines(run, "prompt.send-text").stripTrailing();
    }
    byte[] bytes = shell.in().readNBytes(SendManifest.MAX_TEXT + 1);
    if (bytes.length == 0 || bytes.length > SendManifest.MAX_TEXT) {
      throw run.texts().halt(Exit.USAGE, "send-limits");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException _) {
      throw run.texts().halt(Exit.USAGE, "send-utf8");
    }
  }

  /// The vault of the paths, the one that was named, or the only one that this member can write to.
  private Vault vault(Run run, List<Place.InVault> places) throws CofreException {
    List<String> names =
        new ArrayList<>(places.stream().map(Place.InVault::vault).distinct().toList());
    if (named != null) {
      names.add(named);
    }
    if (names.isEmpty()) {
      List<Vault> writable =
          run.cofre().vaults().stream()
              .filter(each -> each.role().filter(r -> r.atLeast(VaultRole.EDITOR)).isPresent())
              .toList();
      if (writable.size() != 1) {
        throw run.texts().halt(Exit.USAGE, "send-which-vault");
      }
      return writable.getFirst();
    }
    Vault vault = run.vault(names.getFirst());
    for (String other : names.subList(1, names.size())) {
      if (!run.vault(other).id().equals(vault.id())) {
        throw run.texts().halt(Exit.USAGE, "send-one-vault");
      }
    }
    return vault;
  }

  private Exit plan(Run run, Vault vault, SendRequest request) throws CofreException {
    List<SendItem> items = vault.sends().plan(request);
    run.terminal()
        .results(
            items,
            () -> {
              Table table = Table.rightAligned(0);
              items.forEach(
                  item -> table.row(run.terminal().figures().size(item.size()), item.name()));
              return table;
            });
    run.terminal()
        .say(
            "send.would",
            request.labels().size(),
            vault.name(),
            run.terminal().figures().moment(request.expires()));
    return Exit.DONE;
  }

  private static void tell(Run run, Instant until, Optional<String> words) {
    run.terminal().say("send.done", run.terminal().figures().moment(until));
    if (words.isPresent() && !run.terminal().json()) {
      run.terminal().warn("send.passcode", Visible.of(words.get()));
    }
  }

  @Override
  public Set<Exit> exits() {
    return withServer(Exit.NOT_FOUND, Exit.CONFLICT);
  }

  private record Made(
      String link,
      SendId sendId,
      String to,
      VaultId vaultId,
      Instant expires,
      Optional<String> passcode) {}
}
