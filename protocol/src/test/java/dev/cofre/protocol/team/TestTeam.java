package dev.cofre.protocol.team;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.InviteId;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamRole;
import dev.cofre.protocol.VaultHead;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.cbor.MalformedException;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.vault.Change;
import dev.cofre.protocol.vault.Commit;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.pqc.crypto.xwing.XWingKeyGenerationParameters;
import org.bouncycastle.pqc.crypto.xwing.XWingKeyPairGenerator;
import org.bouncycastle.pqc.crypto.xwing.XWingPublicKeyParameters;

/// A team under construction with real keys: builds and signs entries and commits, and applies them.
public final class TestTeam {
  private static final SecureRandom RANDOM = new SecureRandom();

  private TeamState state;

  /// A device with its signing key.
  public record Computer(DeviceKeys keys, Ed25519PrivateKeyParameters signer) {}

  /// A member with one device.
  public record Actor(MemberId id, Computer device, Bytes memberKey) {}

  /// An open invitation and its key.
  public record Invited(InviteId id, Ed25519PrivateKeyParameters key) {}

  private TestTeam(TeamState state) {
    this.state = state;
  }

  public static TestTeam startedBy(Actor owner) throws Exception {
    Entry genesis =
        new Entry(
            Entry.NO_TEAM,
            0,
            Hash.ZERO,
            owner.id(),
            owner.device().keys().id(),
            1,
            new Body.Genesis(
                Hash.ZERO, owner.id(), Hash.ZERO, owner.device().keys(), owner.memberKey()));
    return new TestTeam(TeamState.start(sign(genesis, owner.device().signer())));
  }

  public static Actor actor() {
    return new Actor(new MemberId(random(16)), computer(DeviceKind.COMPUTER), encryptionKey());
  }

  public static Computer computer(DeviceKind kind) {
    Ed25519PrivateKeyParameters signer = signer();
    Bytes key = Bytes.of(signer.generatePublicKey().getEncoded());
    return new Computer(
        new DeviceKeys(new DeviceId(random(16)), kind, key, encryptionKey()), signer);
  }

  public static Bytes encryptionKey() {
    XWingKeyPairGenerator generator = new XWingKeyPairGenerator();
    generator.init(new XWingKeyGenerationParameters(RANDOM));
    AsymmetricCipherKeyPair pair = generator.generateKeyPair();
    return Bytes.of(((XWingPublicKeyParameters) pair.getPublic()).getEncoded());
  }

  public static Ed25519PrivateKeyParameters signer() {
    return new Ed25519PrivateKeyParameters(RANDOM);
  }

  public static Bytes random(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return Bytes.of(bytes);
  }

  public TeamState state() {
    return state;
  }

  /// The next entry of an author, signed by their device.
  public Signed<Entry> entry(Actor author, Body body) throws MalformedException {
    return entry(author, author.device(), body);
  }

  public Signed<Entry> entry(Actor author, Computer device, Body body) throws MalformedException {
    return sign(next(author, device, body, 1), device.signer());
  }

  public Entry next(Actor author, Computer device, Body body, long time) {
    return new Entry(
        state.id(),
        state.head().seq() + 1,
        state.head().hash(),
        author.id(),
        device.keys().id(),
        time,
        body);
  }

  /// Applies the next entry of an author.
  public TestTeam post(Actor author, Body body) throws Exception {
    return post(entry(author, body));
  }

  public TestTeam post(Signed<Entry> entry) throws Exception {
    state = state.apply(entry);
    return this;
  }

  public VaultId vault(Actor author) throws Exception {
    post(author, new Body.VaultCreate(random(16)));
    return new VaultId(state.head().hash().value());
  }

  public Invited invite(Actor author, TeamRole role, JoinMode mode, VaultGrant... vaults)
      throws Exception {
    Invited invited = new Invited(new InviteId(random(16)), signer());
    post(author, invitation(invited, role, mode, vaults));
    return invited;
  }

  public static Body.Invite invitation(
      Invited invited, TeamRole role, JoinMode mode, VaultGrant... vaults) {
    Bytes key = Bytes.of(invited.key().generatePublicKey().getEncoded());
    List<VaultGrant> sorted =
        Arrays.stream(vaults).sorted(Comparator.comparing(v -> v.vault().vault().value())).toList();
    return new Body.Invite(invited.id(), key, role, sorted, 10, mode);
  }

  public Signed<Entry> join(Actor who, Invited invited) throws MalformedException {
    return join(who, invited, invited.key(), Label.JOIN);
  }

  public Signed<Entry> join(
      Actor who, Invited invited, Ed25519PrivateKeyParameters key, Label label)
      throws MalformedException {
    JoinStatement statement =
        new JoinStatement(
            state.id(), invited.id(), who.id(), Hash.ZERO, who.device().keys(), who.memberKey());
    SignedBytes signed = sign(label, JoinStatement.CODEC.encode(statement), key);
    return entry(who, new Body.Join(signed));
  }

  /// A new member with a role in the team and, where given, in a vault.
  public Actor member(Actor inviter, TeamRole role, VaultGrant... vaults) throws Exception {
    JoinMode mode = role == TeamRole.MEMBER ? JoinMode.AT_ONCE : JoinMode.AFTER_CONFIRMATION;
    Invited invited = invite(inviter, role, mode, vaults);
    Actor who = actor();
    post(join(who, invited));
    if (mode == JoinMode.AFTER_CONFIRMATION) {
      post(inviter, new Body.Confirm(who.id(), state.head().hash()));
    }
    return who;
  }

  public static VaultGrant promise(VaultId vault, VaultRole role) {
    return new VaultGrant(empty(vault), role);
  }

  public static VaultHead empty(VaultId vault) {
    return new VaultHead(vault, Head.ofEmpty(vault));
  }

  /// The removal of somebody, naming `heads` for the vaults they can write.
  public Body.MemberRemove removal(Actor subject, VaultHead... heads) {
    return new Body.MemberRemove(
        subject.id(),
        Arrays.stream(heads).sorted(Comparator.comparing(h -> h.vault().value())).toList(),
        List.copyOf(state.abandonedBy(subject.id())));
  }

  public Signed<Commit> commit(
      Actor author, VaultId vault, Head head, Head teamHead, Change... changes)
      throws MalformedException {
    Commit commit =
        new Commit(
            state.id(),
            vault,
            head.seq() + 1,
            head.hash(),
            teamHead,
            author.id(),
            author.device().keys().id(),
            1,
            List.of(changes));
    return Commit.read(sign(Label.COMMIT, Commit.CODEC.encode(commit), author.device().signer()));
  }

  public static Signed<Entry> sign(Entry entry, Ed25519PrivateKeyParameters signer)
      throws MalformedException {
    return Entry.read(sign(Label.ENTRY, Entry.CODEC.encode(entry), signer));
  }

  public static SignedBytes sign(Label label, byte[] payload, Ed25519PrivateKeyParameters signer) {
    byte[] input = label.prefix(payload);
    Ed25519Signer ed25519 = new Ed25519Signer();
    ed25519.init(true, signer);
    ed25519.update(input, 0, input.length);
    return new SignedBytes(Bytes.of(payload), Bytes.of(ed25519.generateSignature()));
  }

  public Optional<VaultRole> role(VaultId vault, Actor who) {
    return Optional.ofNullable(state.roles(vault).get(who.id()));
  }
}
