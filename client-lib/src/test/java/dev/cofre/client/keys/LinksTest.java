package dev.cofre.client.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.Malformed;
import dev.cofre.client.failure.Tampered;
import dev.cofre.client.failure.Unsupported;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.InviteId;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.signed.SignedBytes;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinksTest {
  private static final RandomSource RANDOM = RandomSource.system();
  private static final String ORIGIN = "https://cofre.example";
  private static final TeamId TEAM = new TeamId(Bytes.fromHex("0a".repeat(32)));
  private static final Head HEAD = new Head(7, Hash.sha256(new byte[1]));
  private static final Hash INVITER = Hash.sha256(new byte[2]);
  private static final InviteId INVITE = new InviteId(Bytes.fromHex("0b".repeat(16)));
  private static final MemberId MEMBER = new MemberId(Bytes.fromHex("0c".repeat(16)));
  private static final SecretBytes SECRET = SecretBytes.taking(new byte[16]);

  private final Identity shower = Identity.ofNewDevice(MEMBER, RANDOM);
  private final PairLink pair = PairLink.make(ORIGIN, TEAM, HEAD, shower, RANDOM);

  private static JoinLink join() {
    return JoinLink.of(ORIGIN, TEAM, HEAD, INVITER, INVITE, SECRET);
  }

  @Test
  void anInvitationIsReadAsItWasWritten() throws Exception {
    try (JoinLink link = JoinLink.read("  " + join().text() + "\n")) {
      assertEquals(ORIGIN, link.origin());
      assertEquals(TEAM, link.team());
      assertEquals(HEAD, link.head());
      assertEquals(INVITER, link.inviter());
      assertEquals(INVITE, link.invite());
      assertEquals(join().text(), link.text());
      assertEquals(JoinLink.key(SECRET, TEAM, INVITE).publicKey(), link.key().publicKey());
    }
  }

  @Test
  void anInvitationsKeyIsOfItsSecretTeamAndInvitation() {
    Bytes key = JoinLink.key(SECRET, TEAM, INVITE).publicKey();
    assertNotEquals(key, JoinLink.key(SECRET, new TeamId(HEAD.hash().value()), INVITE).publicKey());
    assertNotEquals(key, JoinLink.key(SECRET, TEAM, new InviteId(MEMBER.value())).publicKey());
    assertNotEquals(key, JoinLink.key(JoinLink.newSecret(RANDOM), TEAM, INVITE).publicKey());
    assertEquals(16, JoinLink.newSecret(RANDOM).length());
  }

  @Test
  void aLinkIsKnownByItsForm() {
    assertTrue(JoinLink.isLink(join().text()));
    assertTrue(PairLink.isLink(pair.text()));
    assertFalse(PairLink.isLink(join().text()));
    assertFalse(JoinLink.isLink(pair.text()));
    assertFalse(JoinLink.isLink("#/join"));
    assertFalse(JoinLink.isLink(ORIGIN + "/join"));
  }

  private static String fragment() {
    return join().text().substring(join().text().indexOf('#') + 1);
  }

  @Test
  void anythingButAWholeLinkIsRefused() {
    String whole = join().text();
    for (int length = 0; length < whole.length(); length++) {
      String cut = whole.substring(0, length);
      assertThrows(Malformed.class, () -> JoinLink.read(cut), cut);
    }
    assertThrows(Malformed.class, () -> JoinLink.read(whole + "A"));
    assertThrows(Malformed.class, () -> JoinLink.read(whole + "="));
    assertThrows(Malformed.class, () -> JoinLink.read(pair.text()));
    assertThrows(Malformed.class, () -> JoinLink.read(whole.replace("/join", "/pair")));
    assertThrows(Malformed.class, () -> PairLink.read(pair.text().replace("/pair", "/join")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://cofre.example.evil/join#",
        "https://evil.example/join#",
        "http://cofre.example/join#",
        "https://cofre.exampl/join#",
        "/join#"
      })
  void aLinkThatShowsAnotherAddressThanItMeansIsRefused(String start) {
    assertThrows(Malformed.class, () -> JoinLink.read(start + fragment()));
    String shown = pair.text().substring(pair.text().indexOf('#') + 1);
    assertThrows(Malformed.class, () -> PairLink.read(start.replace("/join", "/pair") + shown));
  }

  @Test
  void aLinkOfANewerVersionIsUnsupported() {
    byte[] cbor = Base64.getUrlDecoder().decode(fragment());
    cbor[1] = 2;
    String newer = Base64.getUrlEncoder().withoutPadding().encodeToString(cbor);
    assertThrows(Unsupported.class, () -> JoinLink.read(ORIGIN + "/join#" + newer));
  }

  @Test
  void aLinkOfMoreThan2048CharactersIsRefusedUnread() {
    String spaces = " ".repeat(3000);
    assertEquals(INVITE, assertRead(spaces + join().text() + spaces).invite());
    String long2049 =
        ORIGIN
            + "/"
            + "a".repeat(2049 - join().text().length() - 1)
            + join().text().substring(ORIGIN.length());
    assertEquals(2049, long2049.length());
    assertThrows(Malformed.class, () -> JoinLink.read(long2049));
    String long2048 = long2049.replaceFirst("aa", "a");
    assertEquals(INVITE, assertRead(long2048).invite());
  }

  private static JoinLink assertRead(String text) {
    try {
      return JoinLink.read(text);
    } catch (dev.cofre.client.failure.CofreException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aPairingLinkSaysWhoShowsIt() throws Exception {
    try (PairLink read = PairLink.read(pair.text())) {
      assertEquals(pair.layout(), read.layout());
      assertEquals(MEMBER, read.layout().member());
      assertEquals(Hash.sha256(shower.deviceKeys().signingKey().toArray()), read.layout().device());
      assertEquals(pair.relay(), read.relay());
      assertEquals(pair.text(), read.text());
    }
    assertNotEquals(pair.relay(), PairLink.make(ORIGIN, TEAM, HEAD, shower, RANDOM).relay());
  }

  @Test
  void aStatementIsOpenedByTheSameLinkOnly() throws Exception {
    SignedBytes statement = new SignedBytes(Bytes.zeros(3), Bytes.zeros(64));
    Bytes sealed = pair.seal(statement, RANDOM);
    assertEquals(statement, PairLink.read(pair.text()).open(sealed));
    PairLink other = PairLink.make(ORIGIN, TEAM, HEAD, shower, RANDOM);
    assertThrows(Tampered.class, () -> other.open(sealed));
    assertThrows(Tampered.class, () -> pair.open(sealed.slice(0, sealed.length() - 1)));
  }

  @Test
  void aLinkIsPrintedWithoutItsSecret() {
    assertEquals("JoinLink.Layout[" + INVITE + "]", join().toString());
    assertEquals("PairLink.Layout[" + MEMBER + "]", pair.toString());
  }

  @Test
  void aClosedLinkHasNoSecret() {
    JoinLink link = join();
    link.close();
    assertThrows(IllegalStateException.class, link::key);
    pair.close();
    assertThrows(IllegalStateException.class, pair::relay);
  }
}
