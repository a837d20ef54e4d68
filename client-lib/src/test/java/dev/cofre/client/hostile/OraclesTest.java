package dev.cofre.client.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.client.crypto.Cobblestone;
import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.keys.SealedRecords;
import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.UploadId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.api.Uploads;
import dev.cofre.protocol.vault.Commit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The oracles find what they are there to find.
@Tag("attack")
class OraclesTest {
  private static final String SECRET = "Kündigung.pdf?";

  /// The forms in which a server might come by a text.
  enum Form {
    RAW,
    HEX,
    HEX_IN_CAPITALS,
    BASE64,
    BASE64_AFTER_ONE,
    BASE64_AFTER_TWO,
    BASE64_URL,
    UTF_16LE,
    UTF_16BE,
    ADDRESS,
    DEFLATED,
    GZIPPED;

    byte[] of(String text) throws IOException {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return switch (this) {
        case RAW -> bytes;
        case HEX -> latin(HexFormat.of().formatHex(bytes));
        case HEX_IN_CAPITALS -> latin(HexFormat.of().withUpperCase().formatHex(bytes));
        case BASE64 -> Base64.getEncoder().encode(bytes);
        case BASE64_AFTER_ONE -> Base64.getEncoder().encode(utf8("a" + text + "b"));
        case BASE64_AFTER_TWO -> Base64.getEncoder().encode(utf8("aa" + text + "bb"));
        case BASE64_URL -> Base64.getUrlEncoder().encode(utf8("a" + text));
        case UTF_16LE -> encode(text, StandardCharsets.UTF_16LE);
        case UTF_16BE -> encode(text, StandardCharsets.UTF_16BE);
        case ADDRESS -> latin(URLEncoder.encode(text, StandardCharsets.UTF_8));
        case DEFLATED -> {
          ByteArrayOutputStream out = new ByteArrayOutputStream();
          pack(new DeflaterOutputStream(out), bytes);
          yield out.toByteArray();
        }
        case GZIPPED -> {
          ByteArrayOutputStream out = new ByteArrayOutputStream();
          pack(new GZIPOutputStream(out), bytes);
          yield out.toByteArray();
        }
      };
    }

    private static byte[] utf8(String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] latin(String text) {
      return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] encode(String text, Charset charset) {
      return text.getBytes(charset);
    }

    private static void pack(OutputStream packing, byte[] bytes) throws IOException {
      try (packing) {
        packing.write(bytes);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void aSecretIsFoundInEveryForm(Form form) throws Exception {
    Canaries canaries = new Canaries();
    canaries.add("something else");
    canaries.add(SECRET);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.write(new byte[] {7, 120, 31, 0, -1});
    body.write(form.of(SECRET));
    body.write(new byte[] {3, 31});
    Received told = new Received(List.of("POST / HTTP/1.1"), Bytes.of(body.toByteArray()));
    assertTrue(canaries.scanner().find(told.everything()).isPresent());
    Received other = told.with(Bytes.of(form.of("Einladung.pdf?")));
    assertEquals(Optional.empty(), canaries.scanner().find(other.everything()));
  }

  @Test
  void aSecretIsFoundInAddressesAndHeaders() {
    Canaries canaries = new Canaries();
    canaries.addPath("/folder/contract.pdf");
    Received asked = new Received(List.of("GET /v1/x?name=contract.pdf HTTP/1.1"), Bytes.EMPTY);
    assertTrue(canaries.scanner().find(asked.everything()).isPresent());
    Received header = new Received(List.of("GET / HTTP/1.1", "Referer: x/folder"), Bytes.EMPTY);
    assertTrue(canaries.scanner().find(header.everything()).isPresent());
  }

  /// A careless client: it tells the server what is in a file, and goes where it is sent.
  @Test
  void whatAServerIsToldIsComplainedAbout(@TempDir Path directory) throws Exception {
    Company company = Company.of(directory, "Ana");
    company.founder().put("/letter.txt", "what nobody may know");
    assertEquals(List.of(), company.oracles().complaints());
    company.oracles().dismiss();
    company.evil().answer(new Received(List.of("GET /search?q=letter.txt HTTP/1.1"), Bytes.EMPTY));
    assertEquals(1, company.oracles().complaints().size());
    opensWhatItHasTheKeysOf(company);
  }

  /// Once the server has the keys of a member, the adversary opens the wraps, records and contents that were given for that member; and a
  /// content under a key that it saw pass by.
  private static void opensWhatItHasTheKeysOf(Company company) throws Exception {
    EvilServer server = company.evil();
    assertEquals(List.of(), opened(server));
    Bytes known = RandomSource.system().bytes(32);
    sealUnder(server, company, known);
    List<String> opened = opened(server);
    assertEquals(
        1, opened.stream().filter(o -> o.startsWith("a record")).count(), opened::toString);
    assertEquals(1, opened.stream().filter(o -> o.startsWith("a content")).count());
    company
        .founder()
        .misuse(identity -> {
          server.ring().add(identity);
          return identity;
        });
    List<String> more = opened(server);
    assertNotEquals(opened, more);
    assertTrue(more.stream().anyMatch(o -> o.startsWith("a wrap")), more::toString);
  }

  private static List<String> opened(EvilServer server) {
    return new Adversary(server).opened().stream().map(Adversary.Opened::what).toList();
  }

  /// What a member was entitled to may open with their keys, and nothing that comes after, nor what came before once it is committed after.
  @Test
  void whatWasSentBeforeIsConcededAndNothingAfter(@TempDir Path directory) throws Exception {
    Company company = Company.of(directory, "Ana");
    Actor rui = company.member("Rui", VaultRole.EDITOR);
    company.founder().put("/before.txt", "for Rui");
    company.evil().ring().add(rui.twin());
    assertNotEquals(List.of(), company.oracles().complaints());
    company.oracles().concede();
    assertEquals(List.of(), company.oracles().complaints());
    Exchange entitled = company.evil().transcript(Route.APPEND_COMMIT).getLast();
    company
        .founder()
        .inVault(vault -> {
          vault.move("/before.txt", "/after.txt");
          return vault;
        });
    assertTrue(company.oracles().complaints().toString().contains("a content"));
    company.oracles().concede();
    MemberId removed = rui.member();
    company.founder().run(cofre -> cofre.team().remove(removed, Set.of()));
    company.founder().put("/later.txt", "not for Rui");
    assertEquals(List.of(), company.oracles().complaints());
    company
        .founder()
        .inVault(vault -> {
          vault.move(
              "/after.txt", "/at-last.txt"); // a new record, of a content that Rui has the key of
          return vault;
        });
    List<String> complaints = company.oracles().complaints();
    assertEquals(1, complaints.size(), complaints::toString);
    assertTrue(complaints.getFirst().startsWith("a content"), complaints::toString);
    company.oracles().concede(entitled);
    assertTrue(company.oracles().complaints().size() > 1);
    company.oracles().dismiss();
  }

  /// The last commit once more, as a client would send it that seals under a key which the server is told as an id of something.
  private static void sealUnder(EvilServer server, Company company, Bytes known) throws Exception {
    Exchange last = server.transcript(Route.APPEND_COMMIT).getLast();
    Commits.Append append = Commits.Append.CODEC.decode(last.request().body().toArray());
    Commit commit = Commit.read(append.commit()).value();
    var put = commit.puts().getFirst();
    BlobId blob = put.blob().orElseThrow();
    Address address = Address.of(last.request()).orElseThrow();
    Bytes record;
    byte[] content;
    try (SecretBytes key = SecretBytes.copyOf(known.toArray())) {
      var place =
          new SealedRecords.Place(address.team(), address.vault(), put.file(), put.revision());
      record = SealedRecords.seal(place, key, new byte[] {1, 2, 3}, RandomSource.system());
      content =
          Cobblestone.seal(
              key,
              SealedRecords.contentContext(address.team(), address.vault(), put.file(), blob),
              new byte[2000],
              RandomSource.system());
    }
    UploadId upload = new UploadId(RandomSource.system().bytes(UploadId.LENGTH));
    Uploads.Begin begin =
        new Uploads.Begin(upload, List.of(new Uploads.Blob(blob, content.length)));
    String token = last.request().header("Authorization").orElseThrow();
    send(server, token, Route.BEGIN_UPLOAD, Bytes.of(Uploads.Begin.CODEC.encode(begin)), address);
    send(server, token, Route.PUT_PART, Bytes.of(content), address, upload, 1);
    Commits.Append resealed =
        new Commits.Append(
            append.commit(),
            List.of(new Commits.SealedRecord(record)),
            append.bundles(),
            append.channels());
    send(
        server,
        token,
        Route.APPEND_COMMIT,
        Bytes.of(Commits.Append.CODEC.encode(resealed)),
        address);
    send(server, token, Route.FILL_RELAY, Bytes.of(prefixed(known)), "/v1/nothing");
  }

  private static byte[] prefixed(Bytes known) {
    byte[] string = new byte[34];
    string[0] = 0x58;
    string[1] = 32;
    known.copyTo(string, 2);
    return string;
  }

  private static void send(
      EvilServer server, String token, Route route, Bytes body, Address address, Object... more) {
    Object[] ids = new Object[2 + more.length];
    ids[0] = address.team();
    ids[1] = address.vault();
    System.arraycopy(more, 0, ids, 2, more.length);
    send(server, token, route, body, route.path(ids));
  }

  private static void send(EvilServer server, String token, Route route, Bytes body, String path) {
    server.answer(
        new Received(
            List.of(route.method() + " " + path + " HTTP/1.1", "Authorization: " + token), body));
  }
}
