package dev.cofre.server;

import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.RevisionId;
import dev.cofre.protocol.SendId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.api.Sends;
import dev.cofre.protocol.vault.Change;
import dev.cofre.protocol.vault.SendTerms;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A send on the test server, and what its link would hold.
public final class TestSend {
  public static final byte[] MANIFEST = {7, 7, 7, 7};

  public final TeamOnServer team;
  public final VaultId vault;
  public final Actor author;
  public final Bytes access = Actor.random(32);
  public final Bytes preface = Actor.random(80);
  private final SendId id = new SendId(Actor.random(16));
  private BlobId manifest = new BlobId(Actor.random(16));
  private List<RevisionId> revisions = List.of();
  private List<BlobId> blobs = List.of();
  private long expires = TestServer.CLOCK.millis() + Duration.ofDays(1).toMillis();
  private Optional<Long> opens = Optional.empty();
  private Optional<Bytes> proof = Optional.empty();

  private TestSend(TeamOnServer team, Actor author, VaultId vault) {
    this.team = team;
    this.author = author;
    this.vault = vault;
  }

  public static TestSend of(TeamOnServer team, Actor author, VaultId vault) {
    return new TestSend(team, author, vault);
  }

  public TestSend handing(RevisionId... some) {
    revisions = List.of(some);
    return this;
  }

  public TestSend with(BlobId... own) {
    blobs = List.of(own);
    return this;
  }

  public TestSend opens(long most) {
    opens = Optional.of(most);
    return this;
  }

  public TestSend expires(long at) {
    expires = at;
    return this;
  }

  public TestSend expiresIn(Duration time) {
    return expires(TestServer.CLOCK.millis() + time.toMillis());
  }

  public TestSend passcode(Bytes proofOfIt) {
    proof = Optional.of(proofOfIt);
    return this;
  }

  public SendId id() {
    return id;
  }

  public BlobId manifest() {
    return manifest;
  }

  public long expires() {
    return expires;
  }

  public Change.Send change() {
    SendTerms terms =
        new SendTerms(
            expires,
            opens,
            proof.map(p -> Hash.sha256(p.toArray())),
            Optional.empty(),
            Optional.empty());
    return change(terms);
  }

  public Change.Send change(SendTerms terms) {
    return new Change.Send(
        id,
        new RevisionId(Actor.random(16)),
        Hash.ZERO,
        Hash.sha256(access.toArray()),
        preface,
        manifest,
        Hash.sha256(MANIFEST),
        revisions,
        blobs,
        terms);
  }

  /// Brings the manifest to the server.
  public TestSend uploaded() {
    manifest = team.upload(author, vault, MANIFEST);
    return this;
  }

  /// Commits it.
  public TestSend begin() {
    uploaded();
    team.append(author, vault, change()).as(TeamOnServer.HEAD);
    return this;
  }

  public Wire.Answer state() {
    return Wire.call(Route.SEND, Optional.of(access), id);
  }

  public Wire.Answer open(Bytes opening) {
    return open(opening, proof);
  }

  public Wire.Answer open(Bytes opening, Optional<Bytes> given) {
    byte[] body = Sends.Open.CODEC.encode(new Sends.Open(opening, given, Optional.empty()));
    return Wire.call(Route.OPEN_SEND, Optional.of(access), "", body, id);
  }

  /// Opens it and returns the opening's token.
  public Bytes opened() {
    Bytes opening = Actor.random(32);
    open(opening).as(Sends.Opened.CODEC);
    return opening;
  }

  public Wire.Answer read(Bytes opening, BlobId blob) {
    return Wire.call(Route.SEND_BLOB, Optional.of(opening), id, blob);
  }

  public Sends.Openings openings() {
    return Wire.call(Route.OPENINGS, team.owner.token, team.id(), vault, id)
        .as(Sends.Openings.CODEC);
  }

  public Wire.Answer end(Actor by) {
    return team.append(by, vault, new Change.SendEnd(id));
  }

  public Wire.Answer extend(Actor by, long until) {
    return team.append(by, vault, new Change.SendExtend(id, until));
  }
}
