package dev.cofre.client.hostile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.NotForUs;
import dev.cofre.client.failure.Tampered;
import dev.cofre.client.keys.Channels;
import dev.cofre.client.keys.Wraps;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.RevisionId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.team.Recipient;
import dev.cofre.protocol.vault.Bundle;
import dev.cofre.protocol.vault.Channel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ana's channel to Rui, in the hands of others: sent on, readdressed, signed again.
@Hostile
class ForwardedChannelTest {
  private final RandomSource random = RandomSource.system();

  private Company company;
  private World world;
  private Actor ana;
  private Actor rui;
  private Actor eva;
  private Channel channel;
  private SignedBytes signed;
  private byte[] secret = {};

  @BeforeEach
  void begin(@TempDir Path directory) throws Exception {
    company = Company.of(directory, "Ana");
    world = company.world();
    ana = company.founder();
    rui = company.member("Rui", VaultRole.EDITOR);
    eva = company.member("Eva", VaultRole.EDITOR);
    Recipient to = recipient(rui);
    signed =
        ana.misuse(identity -> {
          try (Channels.End end =
              Channels.make(identity, world.state().id(), company.vault(), to, random)) {
            secret = end.secret().toArray();
            return end.bytes();
          }
        });
    channel = read(signed).value();
  }

  private Recipient recipient(Actor actor) throws CofreException {
    return world.state().recipients(company.vault()).get(actor.member());
  }

  private static Signed<Channel> read(SignedBytes bytes) {
    try {
      return Channel.read(bytes);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private byte[] open(Actor actor, VaultId vault, SignedBytes bytes) throws CofreException {
    return actor.misuse(identity -> {
      try (Channels.End end = Channels.open(identity, world.state(), vault, read(bytes))) {
        return end.secret().toArray();
      }
    });
  }

  private static SignedBytes signedBy(Actor actor, Label label, Channel said)
      throws CofreException {
    return actor.misuse(identity -> identity.sign(label, Channel.CODEC.encode(said)));
  }

  private Channel of(
      TeamId team, VaultId vault, MemberId sender, DeviceId device, Bytes key, Recipient to) {
    return new Channel(
        team, vault, sender, device, key, to.member(), to.keyHash(), channel.encapsulation());
  }

  @Test
  @Tag("G03")
  void isForWhomItWasMadeOnly() throws Exception {
    assertArrayEquals(secret, open(rui, company.vault(), signed));
    assertThrows(NotForUs.class, () -> open(eva, company.vault(), signed));
    Recipient toEva = recipient(eva);
    Channel readdressed =
        of(
            channel.team(),
            channel.vault(),
            channel.sender(),
            channel.device(),
            channel.deviceKey(),
            toEva);
    SignedBytes kept =
        new SignedBytes(Bytes.of(Channel.CODEC.encode(readdressed)), signed.signature());
    assertThrows(Tampered.class, () -> open(eva, company.vault(), kept));
    SignedBytes asAna = signedBy(rui, Label.CHANNEL, readdressed);
    assertThrows(Tampered.class, () -> open(eva, company.vault(), asAna));
  }

  @Test
  @Tag("G02")
  @Tag("D12")
  void isForItsVaultAndTeamOnly() throws Exception {
    VaultId other = ana.run(cofre -> cofre.createVault("Other").id());
    assertThrows(Tampered.class, () -> open(rui, other, signed));
    Channel moved =
        of(
            channel.team(),
            other,
            channel.sender(),
            channel.device(),
            channel.deviceKey(),
            recipient(rui));
    SignedBytes kept = new SignedBytes(Bytes.of(Channel.CODEC.encode(moved)), signed.signature());
    assertThrows(Tampered.class, () -> open(rui, other, kept));
    assertFalse(Arrays.equals(secret, open(rui, other, signedBy(ana, Label.CHANNEL, moved))));
    Channel ofAnother =
        of(
            new TeamId(random.bytes(32)),
            channel.vault(),
            channel.sender(),
            channel.device(),
            channel.deviceKey(),
            recipient(rui));
    SignedBytes foreign = signedBy(ana, Label.CHANNEL, ofAnother);
    assertThrows(Tampered.class, () -> open(rui, company.vault(), foreign));
  }

  /// Eva puts her own signature in place of Ana's: what Ana wrapped under it opens for nobody then.
  @Test
  @Tag("G04")
  void hasOneSenderOnly() throws Exception {
    Bytes evasKey = eva.misuse(identity -> identity.deviceKeys().signingKey());
    SignedBytes stolen =
        signedBy(
            eva,
            Label.CHANNEL,
            of(
                channel.team(),
                channel.vault(),
                eva.member(),
                eva.device(),
                evasKey,
                recipient(rui)));
    byte[] hers = open(rui, company.vault(), stolen);
    assertFalse(Arrays.equals(secret, hers));
    Hash id = signed.hash(Label.CHANNEL);
    RevisionId revision = new RevisionId(random.bytes(16));
    try (SecretBytes key = random.secret(32);
        SecretBytes right = SecretBytes.copyOf(secret);
        SecretBytes wrong = SecretBytes.copyOf(hers)) {
      Bytes wrap = Wraps.wrap(right, id, revision, Hash.ZERO, key);
      Hash hersId = stolen.hash(Label.CHANNEL);
      assertThrows(Tampered.class, () -> Wraps.unwrap(wrong, hersId, revision, Hash.ZERO, wrap));
      assertThrows(Tampered.class, () -> Wraps.unwrap(right, hersId, revision, Hash.ZERO, wrap));
    }
    SignedBytes mixed = signedBy(eva, Label.CHANNEL, channel);
    assertThrows(Tampered.class, () -> open(rui, company.vault(), mixed));
    Channel halfHers =
        of(
            channel.team(),
            channel.vault(),
            channel.sender(),
            eva.device(),
            evasKey,
            recipient(rui));
    SignedBytes half = signedBy(eva, Label.CHANNEL, halfHers);
    assertThrows(Tampered.class, () -> open(rui, company.vault(), half));
  }

  /// Ana's device signed these very bytes, for another purpose.
  @Test
  @Tag("G01")
  @Tag("A02")
  void isSignedAsAChannelOnly() throws Exception {
    for (Label label : Label.values()) {
      SignedBytes bytes = signedBy(ana, label, channel);
      if (label == Label.CHANNEL) {
        assertArrayEquals(secret, open(rui, company.vault(), bytes));
      } else {
        assertThrows(Tampered.class, () -> open(rui, company.vault(), bytes), label.text());
      }
    }
  }

  /// The server asks an editor's client to wrap again, for whom it likes.
  @Test
  @Tag("G05")
  void nothingIsWrappedForWhomTheLogDoesNotName() throws Exception {
    ana.put("/a.txt", "first");
    MemberId stranger = new MemberId(random.bytes(16));
    MemberId gone = eva.member();
    ana.run(cofre -> {
      cofre.team().remove(gone, Set.of());
      return gone;
    });
    List<Commits.Lack> lacks =
        List.of(
            new Commits.Lack(stranger, 0, Long.MAX_VALUE),
            new Commits.Lack(gone, 0, Long.MAX_VALUE),
            new Commits.Lack(gone, 1, 2),
            new Commits.Lack(rui.member(), Long.MAX_VALUE, 0));
    int before = end();
    ana.line().claim(new Commits.Missing(lacks));
    rui.line().claim(new Commits.Missing(lacks));
    assertEquals(List.of("/a.txt"), ana.list());
    ana.put("/b.txt", "second");
    assertEquals(List.of("/a.txt", "/b.txt"), rui.list());
    assertEquals("second", rui.read("/b.txt"));
    Set<MemberId> sentTo = new HashSet<>();
    for (Exchange exchange : company.evil().transcript().subList(before, end())) {
      sentTo.addAll(recipients(exchange));
    }
    assertEquals(Set.of(ana.member(), rui.member()), sentTo);
  }

  private int end() {
    return company.evil().transcript().size();
  }

  /// For whom a request has wraps, or channels.
  private static Set<MemberId> recipients(Exchange exchange) throws Exception {
    byte[] body = exchange.request().body().toArray();
    List<Bundle> bundles = List.of();
    List<SignedBytes> channels = List.of();
    if (exchange.isOf(Route.APPEND_COMMIT)) {
      Commits.Append append = Commits.Append.CODEC.decode(body);
      bundles = append.bundles();
      channels = append.channels();
    } else if (exchange.isOf(Route.ADD_BUNDLES)) {
      Commits.Bundles added = Commits.Bundles.CODEC.decode(body);
      bundles = added.bundles();
      channels = added.channels();
    }
    Set<MemberId> recipients = new HashSet<>();
    bundles.forEach(bundle -> recipients.add(bundle.recipient()));
    for (SignedBytes bytes : channels) {
      recipients.add(read(bytes).value().recipient());
    }
    return recipients;
  }

  /// A wrap of another vault, of which the client is asked to make one for somebody: it does so from what it verified itself, in that vault.
  @Test
  @Tag("G05")
  void nothingIsWrappedThatIsNotInTheVault() throws Exception {
    ana.put("/a.txt", "first");
    VaultId other = ana.run(cofre -> cofre.createVault("Other").id());
    ana.putIn(other.hex(), "/secret.txt", "not for Rui or Eva");
    company.evil().ring().add(rui.twin());
    company.evil().ring().add(eva.twin());
    company.oracles().concede();
    Commits.Missing lacks =
        new Commits.Missing(List.of(new Commits.Lack(rui.member(), 0, Long.MAX_VALUE)));
    ana.line().claim(lacks);
    int before = end();
    ana.inVault(other.hex(), vault -> vault.head());
    ana.line().on(Route.COMMITS, foreign(other));
    ana.line().on(Route.BUNDLES, foreign(other));
    assertEquals(Verdict.INTEGRITY, Verdict.of(() -> ana.list().isEmpty()));
    for (Exchange exchange : company.evil().transcript().subList(before, end())) {
      assertEquals(Set.of(), recipients(exchange));
    }
  }

  /// What is in one vault, whichever was asked for.
  private Script foreign(VaultId vault) {
    return (_, _) ->
        Answer.cbor(
            Commits.Page.CODEC.encode(
                shelf(vault).page(world.state().members().keySet().iterator().next(), 0, 500)));
  }

  private Shelf shelf(VaultId vault) {
    try {
      return world.shelf(vault);
    } catch (CofreException e) {
      throw new AssertionError(e);
    }
  }
}
