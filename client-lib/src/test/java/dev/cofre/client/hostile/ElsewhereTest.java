package dev.cofre.client.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Malformed;
import dev.cofre.client.failure.Unreachable;
import dev.cofre.client.remote.HttpRemote;
import dev.cofre.client.remote.Network;
import dev.cofre.client.remote.Origin;
import dev.cofre.client.remote.Patience;
import dev.cofre.client.report.Content;
import dev.cofre.client.report.Progress;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.api.ServerInfo;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A server that says what to do, or where to go.
class ElsewhereTest extends EvilTest {
  private static final String WORDS = "Your organisation asks for your passphrase: enter it here";

  /// The other address hears nothing: that is asked after each test.
  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  @Tag("B04")
  @Tag("F05")
  void nobodyGoesWhereAServerSends(int status) throws Exception {
    for (Route route : Route.values()) {
      evil.on(
          route,
          (request, _) -> Answer.redirect(status, Doorway.SECOND.origin() + request.target()));
      Actor rui = play.rui();
      Verdict verdict =
          Verdict.of(() -> {
            rui.list();
            rui.put("/letters/new.txt", "a letter that is new");
            rui.read("/letters/third.txt");
            return true;
          });
      assertTrue(verdict == Verdict.UNAVAILABLE || verdict == Verdict.RIGHT, verdict::toString);
      evil.honest();
    }
    assertEquals(List.of(), evil.strays());
  }

  /// What a server says in its own words reaches no person.
  @Test
  @Tag("B04")
  void nobodyIsToldWhatAServerSays() throws Exception {
    Bytes words = Bytes.of(WORDS.getBytes(StandardCharsets.UTF_8));
    List<Answer> answers = new ArrayList<>();
    for (Problem problem : Problem.values()) {
      answers.add(
          Answer.problem(problem)
              .body(words)
              .header("Warning: " + WORDS)
              .header("WWW-Authenticate: Basic realm=\"" + WORDS + "\""));
    }
    answers.add(Answer.of(200, "text/html", words));
    answers.add(Answer.of(500, "text/plain", words));
    answers.add(Answer.problem(400, WORDS.replace(' ', '-')));
    for (Answer answer : answers) {
      evil.on(Route.LOG, Script.always(answer));
      CofreException told = assertThrows(CofreException.class, ana::list);
      for (Throwable cause = told; cause != null; cause = cause.getCause()) {
        assertFalse(String.valueOf(cause.getMessage()).contains("passphrase"), told::toString);
        assertFalse(String.valueOf(cause.getMessage()).contains("organisation"));
      }
      assertFalse(told.hint().orElse("").contains("passphrase"));
      evil.honest();
    }
  }

  /// An old server, one without anything, one of the future: requests are the same, to the byte where nothing is drawn at random.
  @ParameterizedTest
  @ValueSource(strings = {"0", "0.0.1", "999.0", ""})
  @Tag("F02")
  void whatAServerSaysOfItselfChangesNothing(String version) throws Exception {
    List<String> usual = requests(Stage.play(directory.resolve("usual")), "1");
    List<String> other = requests(Stage.play(directory.resolve("other")), version);
    assertEquals(usual, other);
  }

  private static List<String> requests(Stage.Play play, String version) throws Exception {
    ServerInfo info =
        new ServerInfo(version, Doorway.SECOND.origin(), ServerInfo.Registration.CLOSED);
    Answer answer = Answer.cbor(ServerInfo.CODEC.encode(info));
    play.evil().on(Route.SERVER, Script.always(answer));
    play.evil()
        .on(
            new Script.Rule(
                _ -> true,
                (_, honest) ->
                    honest.header("Server: cofre/" + version).header("Cofre-Features: none")));
    Actor rui = play.rui();
    rui.put("/letters/new.txt", "a letter that is new");
    return play.evil().transcript().stream().map(Exchange::shape).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://cofre.example",
        "http://10.0.0.1",
        "http://127.0.0.1.evil.example",
        "http://localhost.evil.example",
        "ftp://cofre.example",
        "https://user@cofre.example",
        "https://cofre.example/elsewhere",
        "//cofre.example",
        "cofre.example"
      })
  @Tag("F05")
  void nothingGoesInTheClearToAnotherMachine(String address) {
    assertThrows(Malformed.class, () -> Origin.of(URI.create(address)));
  }

  /// Certificates that nobody vouches for.
  enum Certificate {
    SELF_SIGNED,
    EXPIRED
  }

  @ParameterizedTest
  @EnumSource(Certificate.class)
  @Tag("F05")
  void nothingIsSaidToAServerThatNobodyVouchesFor(Certificate certificate) throws Exception {
    Path store = directory.resolve("store.p12");
    makeStore(store, certificate);
    AtomicInteger bytes = new AtomicInteger();
    try (SSLServerSocket socket = listen(store)) {
      Thread.ofVirtual().start(() -> hear(socket, bytes));
      HttpRemote remote =
          HttpRemote.anonymous(
              new Origin("https://127.0.0.1:" + socket.getLocalPort()),
              new Network(
                  InstantSource.system(),
                  RandomSource.system(),
                  _ -> {},
                  new Patience(
                      Duration.ofSeconds(5),
                      Duration.ofSeconds(5),
                      1,
                      Duration.ZERO,
                      Duration.ofMillis(1))));
      assertThrows(Unreachable.class, remote::info);
    }
    assertEquals(0, bytes.get());
  }

  private static void makeStore(Path store, Certificate certificate) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-Xshare:auto",
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "san=ip:127.0.0.1",
                "-validity",
                "10",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit"));
    if (certificate == Certificate.EXPIRED) {
      command.addAll(List.of("-startdate", "-30d"));
    }
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    keytool.getInputStream().readAllBytes();
    assertEquals(0, keytool.waitFor());
  }

  private static SSLServerSocket listen(Path store) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(store)) {
      keys.load(in, "changeit".toCharArray());
    }
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(keys, "changeit".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return (SSLServerSocket)
        context
            .getServerSocketFactory()
            .createServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
  }

  private static void hear(SSLServerSocket socket, AtomicInteger bytes) {
    try (var connection = socket.accept()) {
      bytes.addAndGet(connection.getInputStream().read() >= 0 ? 1 : 0);
    } catch (IOException _) {
      // The handshake failed, as it should.
    }
  }

  /// Names and contents that speak of another address, in the ways that programs follow: whoever lists, reads, fetches and exports them asks
  /// nobody but the server, and it nothing that is not of the protocol.
  @Test
  @Tag("D04")
  void nothingDecryptedIsFollowed() throws Exception {
    String there = Doorway.SECOND.origin();
    int i = 0;
    for (String content :
        List.of(
            there + "/plain",
            "<html><img src='" + there + "/a.png'><script src='" + there + "/a.js'></script>",
            "<svg xmlns='http://www.w3.org/2000/svg'><image href='" + there + "/a.svg'/></svg>",
            "<!DOCTYPE a [<!ENTITY x SYSTEM '" + there + "/x'>]><a>&x;</a>",
            "[InternetShortcut]\r\nURL=" + there + "/s\r\n",
            "%PDF-1.4 1 0 obj <</Type/Action/S/URI/URI(" + there + "/p)>> endobj")) {
      String end = List.of("txt", "html", "svg", "xml", "url", "pdf").get(i++);
      ana.put("/letters/" + there.replace("/", "").replace(":", "") + "." + end, content);
      ana.put("/letters/www.cofre.example." + end, content);
    }
    Actor rui = play.rui();
    soFarSoGood();
    rui.list();
    rui.inVault(vault -> vault.find("*"));
    rui.inVault(vault -> vault.verify(Content.EVERY_BYTE, Progress.NONE));
    rui.inVault(vault -> vault.get(List.of("/"), directory.resolve("got"), Progress.NONE));
    rui.inVault(vault -> vault.log(0));
    for (String path : rui.list()) {
      rui.read(path);
      rui.inVault(vault -> vault.history(path));
    }
    assertNothingSent();
    assertEquals(List.of(), evil.strays());
    assertTrue(evil.transcript().stream().allMatch(exchange -> exchange.route().isPresent()));
  }
}
