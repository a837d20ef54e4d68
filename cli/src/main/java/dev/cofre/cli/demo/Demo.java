package dev.cofre.cli.demo;

import dev.cofre.cli.demo.Actor.Answer;
import dev.cofre.cli.terminal.Exit;
import dev.cofre.cli.terminal.Texts;
import dev.cofre.cli.terminal.Visible;
import dev.cofre.client.failure.CofreException;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.VaultId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The main job from end to end on this machine: Ana puts a client's file, Rui fetches and opens it, Ana removes Rui. Every claim is
/// checked as it is made; the first that does not hold ends the demo with [Failed].
public final class Demo {
  private static final String VAULT = "Cliente Silva";
  private static final String LATER = "contrato novo.txt";
  private static final String LATER_TEXT =
      "Novo IBAN do cliente: PT50 0035 0000 9988 7766 5544 1\n";
  private static final String ANA = "ana keeps this to herself";
  private static final String RUI = "rui keeps this to himself";
  private static final int BUFFER = 1 << 16;

  private final Actor.Program program;
  private final InstantSource clock;
  private final Path application;
  private final Path directory;
  private final Consumer<String> out;
  private final Texts texts;

  /// Something that the demo promises does not hold.
  public static final class Failed extends Exception {
    private static final long serialVersionUID = 1L;

    Failed(String message) {
      super(message);
    }
  }

  /// A demo that keeps everything below `directory` and tells its story line by line.
  ///
  /// @param application the directory of the built program
  public Demo(
      Actor.Program program,
      InstantSource clock,
      Path application,
      Path directory,
      Consumer<String> out,
      Texts texts) {
    this.program = program;
    this.clock = clock;
    this.application = application;
    this.directory = directory;
    this.out = out;
    this.texts = texts;
  }

  /// Writes the sample spreadsheet and returns where it is.
  public Path sample() throws IOException {
    Path file = directory.resolve("clientes.xlsx");
    SampleSheet.write(file);
    return file;
  }

  /// Runs it on a file.
  ///
  /// @throws Failed when something does not hold
  /// @throws InterruptedException when it was told to stop
  public void run(Path file) throws IOException, CofreException, Failed, InterruptedException {
    Path data = directory.resolve("server");
    String language = texts.language().tag();
    Actor ana = new Actor(program, clock, directory.resolve("ana"), ANA, language);
    Actor rui = new Actor(program, clock, directory.resolve("rui"), RUI, language);
    Path later = directory.resolve(LATER);
    Files.writeString(later, LATER_TEXT);
    Secrets secrets = new Secrets();
    VaultId vault;
    step("server");
    try (ServerProcess server = ServerProcess.start(application, data)) {
      tell("server", server.url(), data);
      vault = meet(ana, rui, server.url());
      secrets.addFile(file);
      secrets.leaveOutWhatIsIn(data);
      String path = share(ana, rui, file);
      showServer(data);
      remove(ana, rui, path);
      writeLater(ana, rui, later);
    }
    step("stopped");
    List<String> dump = ServerProcess.rows(application, data, ServerProcess.Detail.WHOLE);
    tryEverything(ana, rui, vault, data, Rows.read(dump));
    secrets.addFile(later);
    secrets.addText("the vault's name", VAULT);
    secrets.addText("Ana's passphrase", ANA);
    secrets.addText("Rui's passphrase", RUI);
    secrets.addKeys("a key of Ana's", ana.home(), ANA.toCharArray(), vault);
    secrets.addKeys("a key of Rui's", rui.home(), RUI.toCharArray(), vault);
    List<String> found = secrets.foundIn(data, dump);
    check(found.isEmpty(), "nothing-found", secrets.count(), String.join(", ", found));
    out.accept("");
    out.accept(texts.say("demo.done"));
  }

  private VaultId meet(Actor ana, Actor rui, String url) throws Failed, InterruptedException {
    step("team");
    succeed(
        ana,
        "team",
        "create",
        "Demo",
        "--server",
        url,
        "--name",
        "Ana Silva",
        "--email",
        "ana@example.com");
    Answer created = succeed(ana, "vault", "create", VAULT, "--json");
    step("invite");
    Answer invited =
        succeed(ana, "invite", "rui@example.com", "--vault", VAULT + ":editor", "--json");
    succeed(
        rui, "join", invited.field("link"), "--name", "Rui Costa", "--email", "rui@example.com");
    return new VaultId(Bytes.of(HexFormat.of().parseHex(created.field("vaultId"))));
  }

  private String share(Actor ana, Actor rui, Path file)
      throws IOException, Failed, InterruptedException {
    step("put");
    succeed(ana, "put", file.toString(), VAULT + ":/dados/");
    step("get");
    String path = VAULT + ":/dados/" + file.getFileName();
    succeed(rui, "ls", VAULT + ":/dados/", "-l");
    Path copy = rui.directory().resolve("copy");
    succeed(rui, "get", path, copy.toString());
    tell("hash", hash(file), Visible.of(file.toString()));
    tell("hash", hash(copy), copy);
    check(hash(file).equals(hash(copy)), "same-bytes");
    return path;
  }

  private void showServer(Path data) throws IOException, InterruptedException {
    step("server-sees");
    tell("rows");
    ServerProcess.rows(application, data, ServerProcess.Detail.BRIEF).forEach(this::line);
    Path blob = largest(data.resolve("blobs"));
    tell("blob", data.relativize(blob), Files.size(blob));
    try (InputStream in = Files.newInputStream(blob)) {
      hex(in.readNBytes(64));
    }
  }

  private static Path largest(Path blobs) throws IOException {
    try (Stream<Path> files = Files.walk(blobs)) {
      return files
          .filter(Files::isRegularFile)
          .max((one, other) -> Long.compare(one.toFile().length(), other.toFile().length()))
          .orElseThrow();
    }
  }

  private void remove(Actor ana, Actor rui, String path) throws Failed, InterruptedException {
    step("remove");
    succeed(ana, "member", "remove", "Rui Costa", "--yes");
    step("refused");
    refuse(rui, path, "again");
  }

  private void writeLater(Actor ana, Actor rui, Path later)
      throws IOException, Failed, InterruptedException {
    step("later");
    String path = VAULT + ":/dados/" + LATER;
    succeed(ana, "put", later.toString(), VAULT + ":/dados/");
    refuse(rui, path, "later");
    Path own = ana.directory().resolve("later");
    succeed(ana, "get", path, own.toString());
    check(hash(later).equals(hash(own)), "same-bytes");
  }

  private void refuse(Actor rui, String path, String name) throws Failed, InterruptedException {
    Path target = rui.directory().resolve(name);
    Answer refused = type(rui, "get", path, target.toString());
    check(refused.exit() == Exit.REFUSED.code() && !Files.exists(target), "closed", refused.exit());
  }

  /// With the server's whole database and disk, and each one's whole machine and passphrase.
  private void tryEverything(Actor ana, Actor rui, VaultId vault, Path data, Rows rows)
      throws IOException, CofreException, Failed {
    Path blobs = data.resolve("blobs");
    try (Keyring removed = Keyring.of(rui.home(), RUI.toCharArray(), vault);
        Keyring owner = Keyring.of(ana.home(), ANA.toCharArray(), vault)) {
      long before = removed.lastCommit();
      check(owner.lastCommit() > before, "wrote-later");
      Attempt.Count his = Attempt.on(removed, rows, blobs, before);
      check(his.tries() > 0 && his.opened() == 0, "rui-opens-nothing", his.tries(), his.opened());
      Attempt.Count hers = Attempt.on(owner, rows, blobs, before);
      check(hers.opened() > 0, "ana-opens", hers.tries(), hers.opened());
    }
  }

  private Answer succeed(Actor actor, String... words) throws Failed, InterruptedException {
    Answer answer = type(actor, words);
    check(answer.exit() == 0, "succeeds", answer.exit());
    return answer;
  }

  /// A command, shown with all that it says.
  private Answer type(Actor actor, String... words) throws InterruptedException {
    Answer answer = actor.run(words);
    stopWhenTold();
    out.accept(
        "  "
            + actor.name()
            + "$ cofre "
            + String.join(" ", Arrays.stream(words).map(Demo::quoted).toList()));
    answer.out().lines().forEach(this::line);
    answer.err().lines().forEach(this::line);
    return answer;
  }

  private void check(boolean holds, String claim, Object... values) throws Failed {
    String said = texts.say("demo.claim." + claim, values);
    if (!holds) {
      throw new Failed(said);
    }
    if (!claim.equals("succeeds")) {
      out.accept("  ✔ " + said);
    }
  }

  private void step(String name) throws InterruptedException {
    stopWhenTold();
    out.accept("");
    out.accept("── " + texts.say("demo.step." + name));
  }

  private static void stopWhenTold() throws InterruptedException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedException();
    }
  }

  private void tell(String key, Object... values) {
    out.accept("  " + texts.say("demo.tell." + key, values));
  }

  private void line(String text) {
    out.accept("  │ " + text);
  }

  private void hex(byte[] bytes) {
    HexFormat format = HexFormat.ofDelimiter(" ");
    for (int i = 0; i < bytes.length; i += 16) {
      line("%04x  %s".formatted(i, format.formatHex(bytes, i, Math.min(i + 16, bytes.length))));
    }
  }

  private static String quoted(String word) {
    String safe = Visible.of(word);
    return safe.contains(" ") ? "\"" + safe + "\"" : safe;
  }

  private static String hash(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[BUFFER];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
