package dev.cofre.cli.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cofre.cli.Main;
import dev.cofre.cli.command.Invocation;
import dev.cofre.cli.demo.Actor;
import dev.cofre.cli.demo.Actor.Answer;
import dev.cofre.cli.terminal.Shell;
import dev.cofre.client.Dialer;
import dev.cofre.client.Surroundings;
import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.remote.Network;
import dev.cofre.client.remote.Patience;
import dev.cofre.server.RunningServer;
import dev.cofre.server.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// A real server in this process and people with machines of their own, who type real commands.
final class Office implements AutoCloseable {
  static final String VAULT = "Cliente Silva";

  private final Path directory;
  private final InstantSource clock;
  private final UnaryOperator<Settings> further;
  private final String url;
  private final Actor.Program program;
  private final List<String> seen = new ArrayList<>();
  private RunningServer server;
  private Optional<Consumer<URI>> way = Optional.empty();
  private int people;

  private Office(
      Path directory,
      InstantSource clock,
      UnaryOperator<Settings> further,
      RunningServer server,
      String url,
      Actor.Program program) {
    this.directory = directory;
    this.clock = clock;
    this.further = further;
    this.server = server;
    this.url = url;
    this.program = program;
  }

  static Office open(Path directory) throws IOException {
    return open(directory, InstantSource.system(), settings -> settings);
  }

  static Office open(Path directory, InstantSource clock, UnaryOperator<Settings> further)
      throws IOException {
    RunningServer server = start(directory, clock, further);
    return new Office(
        directory,
        clock,
        further,
        server,
        server.uri().toString(),
        (shell, words) -> Main.run(words, shell));
  }

  /// An office whose people try again after short pauses.
  static Office impatient(Path directory, InstantSource clock) throws IOException {
    UnaryOperator<Settings> further = settings -> settings;
    RunningServer server = start(directory, clock, further);
    return new Office(
        directory, clock, further, server, server.uri().toString(), Office::hurriedly);
  }

  /// An office whose people reach the server by a cable, and try again after short pauses.
  static Office behind(Cable cable, Path directory) throws IOException {
    return at(URI.create(cable.url()), cable::leadTo, directory);
  }

  /// An office whose people reach the server at another address, from which somebody leads them to it, and try again after short pauses.
  static Office at(URI address, Consumer<URI> way, Path directory) throws IOException {
    InstantSource clock = InstantSource.system();
    UnaryOperator<Settings> further = settings -> settings.publicUrl(address);
    RunningServer server = start(directory, clock, further);
    Office office =
        new Office(directory, clock, further, server, address.toString(), Office::hurriedly);
    office.way = Optional.of(way);
    way.accept(server.uri());
    return office;
  }

  /// Something that is done while the server stands still.
  interface Pause {
    void run() throws IOException;
  }

  /// Stops the server that is reached at another address and starts it again on what it has stored.
  void restart() throws IOException {
    restart(() -> {});
  }

  /// Stops it, does something to what it has stored, and starts it again.
  void restart(Pause meanwhile) throws IOException {
    server.close();
    meanwhile.run();
    server = start(directory, clock, further);
    way.orElseThrow().accept(server.uri());
  }

  /// An office in which time passes for people's programs as this says.
  static Office waiting(Path directory, Patience.Sleeper sleeper) throws IOException {
    InstantSource clock = InstantSource.system();
    UnaryOperator<Settings> further = settings -> settings;
    RunningServer server = start(directory, clock, further);
    return new Office(
        directory,
        clock,
        further,
        server,
        server.uri().toString(),
        (shell, words) -> hurriedly(shell, sleeper, words));
  }

  private static int hurriedly(Shell shell, String... words) {
    return hurriedly(shell, Thread::sleep, words);
  }

  private static int hurriedly(Shell shell, Patience.Sleeper sleeper, String... words) {
    Patience usual = Patience.USUAL;
    Patience hurry =
        new Patience(
            usual.connect(),
            usual.read(),
            usual.attempts(),
            Duration.ofMillis(5),
            Duration.ofMillis(50));
    RandomSource random = RandomSource.system();
    Network network = new Network(shell.clock(), random, sleeper, hurry);
    Surroundings surroundings = new Surroundings(shell.clock(), random, Dialer.http(network));
    return new Invocation(List.of(words), shell, surroundings).run().code();
  }

  private static RunningServer start(
      Path directory, InstantSource clock, UnaryOperator<Settings> further) throws IOException {
    Settings settings =
        Settings.of(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            directory.resolve("server"));
    return RunningServer.start(further.apply(settings), clock);
  }

  String url() {
    return url;
  }

  /// Where the server keeps everything.
  Path data() {
    return directory.resolve("server");
  }

  /// Where the server keeps what an actor's team has put.
  Path objects(Actor actor) {
    String team = succeed(actor, "team", "show", "--json").field("teamId");
    return data().resolve("blobs").resolve("objects").resolve(team);
  }

  /// Ana, the owner of a fresh team with a vault.
  Actor owner() throws IOException {
    seen.clear();
    Actor ana = actor("Ana Silva");
    succeed(
        ana,
        "team",
        "create",
        "Escritório",
        "--server",
        url,
        "--name",
        "Ana Silva",
        "--email",
        "ana@example.com");
    succeed(ana, "vault", "create", VAULT);
    return ana;
  }

  /// Somebody who has joined the owner's team with a role in the vault.
  Actor member(Actor owner, String name, String role) throws IOException {
    return member(actor(name), owner, name, role);
  }

  /// The same, with a machine that is there already.
  Actor member(Actor actor, Actor owner, String name, String role) {
    join(actor, invitation(owner, name, role), name);
    return actor;
  }

  /// The link of an invitation.
  String invitation(Actor owner, String name, String role) {
    return succeed(owner, "invite", email(name), "--vault", VAULT + ":" + role, "--json")
        .field("link");
  }

  void join(Actor actor, String link, String name) {
    succeed(actor, "join", link, "--name", name, "--email", email(name));
  }

  private static String email(String name) {
    return name.substring(0, name.indexOf(' ')).toLowerCase(Locale.ROOT) + "@example.com";
  }

  /// Somebody with a machine on which nothing is set up.
  Actor actor(String name) throws IOException {
    return actor(name, directory.resolve(++people + " " + name));
  }

  /// Somebody whose machine is elsewhere.
  Actor actor(String name, Path machine) throws IOException {
    return new Actor(program, clock, machine, passphrase(name), "en");
  }

  /// Another device of a member, made with a recovery kit; it has seen nothing yet.
  Actor anotherDevice(Actor member, String name) throws IOException {
    String sheet = succeed(member, "kit", "print").out();
    Actor again = actor(name);
    Path kit = file(again, "kit", sheet.getBytes(StandardCharsets.UTF_8));
    succeed(again, "kit", "restore", "--server", url, "--kit-file", kit.toString());
    return again;
  }

  /// What somebody of this name keeps to themselves.
  static String passphrase(String name) {
    return "the passphrase of " + name;
  }

  /// A file of the actor's, to be put.
  static Path file(Actor actor, String name, byte[] content) throws IOException {
    Path file = actor.directory().resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, content);
  }

  Answer succeed(Actor actor, String... words) {
    return expect(0, actor, words);
  }

  Answer expect(int exit, Actor actor, String... words) {
    Answer answer = actor.run(words);
    seen.add(actor.name() + ": " + String.join(" ", words));
    assertEquals(
        exit, answer.exit(), () -> String.join("\n", seen) + "\n" + answer.out() + answer.err());
    return answer;
  }

  @Override
  public void close() {
    server.close();
  }
}
