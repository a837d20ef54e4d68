package dev.cofre.cli.job;

import static dev.cofre.cli.job.Office.VAULT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.cli.demo.Actor;
import dev.cofre.cli.demo.Secrets;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.keys.Identity;
import dev.cofre.client.keys.RecoveryKit;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.VaultId;
import dev.cofre.server.inspect.Inspect;
import dev.cofre.server.postgres.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// After a day's work the server's whole disk and all its rows hold nothing that it may not know.
class SecrecyOnDiskTest {
  private static final String FOLDER = "Documentos confidenciais";
  private static final String NAME = "declaração de rendimentos do João.txt";
  private static final String LATER = "contrato de arrendamento.txt";
  private static final String TEXT =
      "Maria João Silva, NIF 213456780, IBAN PT50 0035 0000 1234 5678 9015 4\n";

  @TempDir private Path directory;

  private final Secrets secrets = new Secrets();
  private final List<Path> files = new ArrayList<>();

  @Test
  @Tag("K05")
  void theServerHoldsNothingThatItMayNotKnow() throws Exception {
    Office office = Office.impatient(directory, InstantSource.system());
    try {
      work(office);
    } finally {
      office.close();
    }
    assertTrue(secrets.count() > 60, "looked for " + secrets.count());
    assertEquals(List.of(), secrets.foundIn(office.data(), rows(office)));
    assertFindsWhatIsPlanted(office);
  }

  private void work(Office office) throws Exception {
    Actor ana = office.owner();
    Actor rui = joined(office, ana, "Rui Costa", "editor");
    Actor eva = joined(office, ana, "Eva Dias", "viewer");
    Actor other = office.anotherDevice(ana, "Ana Silva");
    addKit(Files.readString(other.directory().resolve("kit")));
    put(office, ana, FOLDER + "/" + NAME, TEXT.repeat(40));
    put(office, ana, FOLDER + "/" + NAME, "Corrigido. " + TEXT.repeat(41));
    put(office, rui, "Livro de contas grande.csv", large());
    office.succeed(ana, "ls", VAULT + ":/");
    office.succeed(
        eva, "get", VAULT + ":/" + FOLDER + "/" + NAME, eva.directory().resolve("c").toString());
    office.succeed(
        rui, "mv", VAULT + ":/" + FOLDER + "/" + NAME, VAULT + ":/Arquivo morto/antigo.txt");
    office.succeed(rui, "rm", VAULT + ":/Livro de contas grande.csv", "--yes");
    VaultId vault = vault(office, ana);
    secrets.addKeys(
        "a key of Rui's", rui.home(), Office.passphrase("Rui Costa").toCharArray(), vault);
    office.succeed(ana, "member", "remove", "Rui Costa", "--yes", "--re-encrypt");
    put(office, ana, LATER, "Só depois. " + TEXT.repeat(3));
    for (Actor each : List.of(other, eva)) {
      office.succeed(each, "ls", VAULT + ":/");
    }
    secrets.addKeys(
        "a key of Ana's", ana.home(), Office.passphrase("Ana Silva").toCharArray(), vault);
    secrets.addKeys(
        "a key of Ana's other device",
        other.home(),
        Office.passphrase("Ana Silva").toCharArray(),
        vault);
    secrets.addKeys(
        "a key of Eva's", eva.home(), Office.passphrase("Eva Dias").toCharArray(), vault);
    for (String name : List.of("Ana Silva", "Rui Costa", "Eva Dias")) {
      secrets.addText("the passphrase of " + name, Office.passphrase(name));
    }
    for (String name : List.of(VAULT, FOLDER, NAME, "Arquivo morto", LATER)) {
      secrets.addText("the name " + name, name);
    }
    for (Path file : files) {
      secrets.addFile(file);
    }
  }

  /// An invitation's secret is in its link, which the server never sees.
  private Actor joined(Office office, Actor owner, String name, String role) throws IOException {
    Actor actor = office.actor(name);
    String link = office.invitation(owner, name, role);
    byte[] fragment = Base64.getUrlDecoder().decode(link.substring(link.indexOf('#') + 1));
    secrets.addBytes(
        "the secret of an invitation",
        Arrays.copyOfRange(fragment, fragment.length - 16, fragment.length));
    office.join(actor, link, name);
    return actor;
  }

  private void addKit(String sheet) throws CofreException {
    try (RecoveryKit kit = RecoveryKit.read(sheet);
        Identity identity = kit.identity(new MemberId(Bytes.of(new byte[MemberId.LENGTH])))) {
      identity.seeds().forEach(seed -> secrets.addBytes("a key of a kit", seed.toArray()));
      secrets.addText("the words of a kit", String.join(" ", kit.words().subList(0, 6)));
      secrets.addText("a kit", kit.code().substring(0, kit.code().indexOf('\n')));
    }
  }

  private void put(Office office, Actor actor, String path, String content) throws IOException {
    Path file = Office.file(actor, path, content.getBytes(StandardCharsets.UTF_8));
    files.add(file);
    office.succeed(actor, "put", file.toString(), VAULT + ":/" + path);
  }

  private static String large() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 60_000; i++) {
      lines.append(i).append(";pagamento n.º ").append(i * 7919 % 100_003).append('\n');
    }
    return lines.toString();
  }

  private static VaultId vault(Office office, Actor actor) {
    String id = office.succeed(actor, "vault", "show", VAULT, "--json").field("vaultId");
    return new VaultId(Bytes.of(Operator.bytes(id)));
  }

  private static List<String> rows(Office office) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Inspect.printAll(office.data(), new PrintStream(out, true, StandardCharsets.UTF_8));
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  /// The same search, after somebody was careless.
  private void assertFindsWhatIsPlanted(Office office) throws Exception {
    Path careless = office.data().resolve("blobs").resolve("careless");
    Files.writeString(careless, "notes: " + Base64.getEncoder().encodeToString(bytes(NAME)));
    assertEquals(
        List.of("the name " + NAME + " in blobs/careless"),
        secrets.foundIn(office.data(), List.of()));
    Files.delete(careless);
    try (EmbeddedPostgres _ = EmbeddedPostgres.start(office.data().resolve("postgres"));
        Operator operator = Operator.of(office.data())) {
      operator.run("UPDATE profile SET name = ? WHERE name = 'Eva Dias'", VAULT);
      operator.run("UPDATE vault_commit SET signature = ?", bytes(Office.passphrase("Eva Dias")));
    }
    List<String> found = secrets.foundIn(office.data(), rows(office));
    for (String what : List.of("the name " + VAULT, "the passphrase of Eva Dias")) {
      assertTrue(found.contains(what + " in the database"), found.toString());
      assertTrue(found.stream().anyMatch(f -> f.startsWith(what + " in postgres")), "" + found);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
