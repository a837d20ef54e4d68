package dev.cofre.server;

import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.InviteId;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.Profile;
import dev.cofre.protocol.RevisionId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.TeamRole;
import dev.cofre.protocol.UploadId;
import dev.cofre.protocol.VaultHead;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.api.Sessions;
import dev.cofre.protocol.api.Teams;
import dev.cofre.protocol.api.Uploads;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.cbor.MalformedException;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.Entry;
import dev.cofre.protocol.team.JoinMode;
import dev.cofre.protocol.team.JoinStatement;
import dev.cofre.protocol.team.Recipient;
import dev.cofre.protocol.team.RuleException;
import dev.cofre.protocol.team.TeamState;
import dev.cofre.protocol.team.VaultGrant;
import dev.cofre.protocol.vault.Bundle;
import dev.cofre.protocol.vault.Change;
import dev.cofre.protocol.vault.Channel;
import dev.cofre.protocol.vault.Commit;
import dev.cofre.server.store.BundleRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;

/// A team on the test server, with what its members know of it.
public final class TeamOnServer {
  public static final Codec<Head> HEAD = Codec.of(Head.class);

  public final Actor owner;
  public TeamState state;
  private final Map<VaultId, Head> heads = new HashMap<>();

  private TeamOnServer(Actor owner, TeamState state) {
    this.owner = owner;
    this.state = state;
  }

  public static TeamOnServer start() throws Exception {
    Actor owner = new Actor("olga");
    Profile team = new Profile(Actor.random(32), "Team", "");
    Entry genesis =
        new Entry(
            Entry.NO_TEAM,
            0,
            Hash.ZERO,
            owner.id,
            owner.device.id(),
            1,
            new Body.Genesis(
                team.hash(), owner.id, owner.profile.hash(), owner.device, owner.memberKey));
    SignedBytes signed = owner.sign(Label.ENTRY, Entry.CODEC.encode(genesis));
    Teams.Create create = new Teams.Create(signed, team, owner.profile, Optional.empty());
    TeamId id =
        Wire.call(Route.CREATE_TEAM, Optional.empty(), "", Teams.Create.CODEC.encode(create))
            .as(Teams.Created.CODEC)
            .team();
    TeamState state = TeamState.start(Entry.read(signed));
    if (!state.id().equals(id)) {
      throw new AssertionError("another team id");
    }
    owner.login(id);
    return new TeamOnServer(owner, state);
  }

  public TeamId id() {
    return state.id();
  }

  public Head head(VaultId vault) {
    return heads.getOrDefault(vault, Head.ofEmpty(vault));
  }

  /// Learns of a head that came by another way than [#append].
  public void caughtUp(VaultId vault, Head head) {
    heads.put(vault, head);
  }

  /// How many commits the server keeps wraps of for somebody, as its database says.
  public long bundlesKeptFor(VaultId vault, Actor who) {
    return TestServer.bean(BundleRows.class)
        .extents(id().value(), vault.value(), who.id.value(), 0, Long.MAX_VALUE)
        .size();
  }

  public VaultHead named(VaultId vault) {
    return new VaultHead(vault, head(vault));
  }

  public Signed<Entry> entry(Actor author, Body body) throws MalformedException {
    return entry(author, body, 1);
  }

  /// An entry upon the known head, said to be made at a time.
  public Signed<Entry> entry(Actor author, Body body, long time) throws MalformedException {
    Entry entry =
        new Entry(
            id(),
            state.head().seq() + 1,
            state.head().hash(),
            author.id,
            author.device.id(),
            time,
            body);
    return Entry.read(author.sign(Label.ENTRY, Entry.CODEC.encode(entry)));
  }

  public Wire.Answer send(Optional<Bytes> token, Signed<Entry> entry, Optional<Profile> profile) {
    byte[] body = Teams.Append.CODEC.encode(new Teams.Append(entry.bytes(), profile));
    return Wire.call(Route.APPEND_ENTRY, token, "", body, id());
  }

  /// Posts an entry that the server refuses, or not.
  public Wire.Answer tryPost(Actor author, Body body) throws Exception {
    return tryPost(author, body, 1);
  }

  /// Posts an entry said to be made at a time.
  public Wire.Answer tryPost(Actor author, Body body, long time) throws Exception {
    Signed<Entry> entry = entry(author, body, time);
    Wire.Answer answer = send(author.token, entry, Optional.empty());
    if (answer.status() == 200) {
      applied(entry);
    }
    return answer;
  }

  public Hash post(Actor author, Body body) throws Exception {
    tryPost(author, body).as(HEAD);
    return state.head().hash();
  }

  private void applied(Signed<Entry> entry) throws RuleException {
    state = state.apply(entry);
  }

  public VaultId vault(Actor author) throws Exception {
    VaultId vault = new VaultId(post(author, new Body.VaultCreate(Actor.random(16))).value());
    append(author, vault, nameOf(vault)).as(HEAD);
    return vault;
  }

  public Change.Put nameOf(VaultId vault) {
    return new Change.Put(
        FileId.NAME,
        new RevisionId(Actor.random(16)),
        Optional.empty(),
        Optional.empty(),
        Hash.ZERO);
  }

  public Ed25519PrivateKeyParameters invite(InviteId id, JoinMode mode, VaultGrant... vaults)
      throws Exception {
    Ed25519PrivateKeyParameters key = new Actor("x").signer;
    post(
        owner,
        new Body.Invite(
            id,
            Bytes.of(key.generatePublicKey().getEncoded()),
            TeamRole.MEMBER,
            List.of(vaults),
            TestServer.CLOCK.millis() + 3_600_000,
            mode));
    return key;
  }

  public Signed<Entry> joinOf(Actor who, InviteId invite, Ed25519PrivateKeyParameters key)
      throws MalformedException {
    JoinStatement statement =
        new JoinStatement(id(), invite, who.id, who.profile.hash(), who.device, who.memberKey);
    SignedBytes signed = Actor.sign(Label.JOIN, JoinStatement.CODEC.encode(statement), key);
    return entry(who, new Body.Join(signed));
  }

  public Actor join(String name, JoinMode mode, VaultGrant... vaults) throws Exception {
    InviteId id = new InviteId(Actor.random(16));
    Ed25519PrivateKeyParameters key = invite(id, mode, vaults);
    Bytes token = Actor.login(id(), new Sessions.Subject.OfInvite(id), key);
    Actor who = new Actor(name);
    Signed<Entry> join = joinOf(who, id, key);
    send(Optional.of(token), join, Optional.of(who.profile)).as(HEAD);
    applied(join);
    return who.login(id());
  }

  /// Somebody who joined, with a role in a vault.
  public Actor member(String name, VaultId vault, VaultRole role) throws Exception {
    return join(name, JoinMode.AT_ONCE, new VaultGrant(named(vault), role));
  }

  public Actor member(String name) throws Exception {
    return join(name, JoinMode.AT_ONCE);
  }

  public Body.MemberRemove removal(Actor subject) {
    return new Body.MemberRemove(
        subject.id,
        state.writableBy(subject.id).stream().map(this::named).toList(),
        List.copyOf(state.abandonedBy(subject.id)));
  }

  public static Commits.SealedRecord recordOf(RevisionId revision) {
    return new Commits.SealedRecord(Bytes.of(Arrays.copyOf(revision.value().toArray(), 256)));
  }

  public static Change.Put put(FileId file, Optional<RevisionId> previous, BlobId blob) {
    return new Change.Put(
        file, new RevisionId(Actor.random(16)), previous, Optional.of(blob), Hash.ZERO);
  }

  /// A commit upon the known heads, with records, channels and bundles for all recipients.
  public Commits.Append commit(Actor author, VaultId vault, Change... changes) {
    return commit(author, vault, head(vault), state.head(), changes);
  }

  public Commits.Append commit(
      Actor author, VaultId vault, Head head, Head teamHead, Change... changes) {
    List<Change> hashed = new ArrayList<>();
    List<Commits.SealedRecord> records = new ArrayList<>();
    for (Change change : changes) {
      if (change instanceof Change.Put put) {
        Commits.SealedRecord sealed = recordOf(put.revision());
        records.add(sealed);
        hashed.add(
            new Change.Put(
                put.file(),
                put.revision(),
                put.previous(),
                put.blob(),
                Hash.sha256(sealed.sealed().toArray())));
      } else if (change instanceof Change.Send send) {
        Commits.SealedRecord sealed = recordOf(send.revision());
        records.add(sealed);
        hashed.add(send.describedBy(Hash.sha256(sealed.sealed().toArray())));
      } else {
        hashed.add(change);
      }
    }
    return commit(author, vault, head, teamHead, 1, hashed, records);
  }

  /// A commit with these records, upon the known heads.
  public Commits.Append commit(
      Actor author, VaultId vault, List<Change> changes, List<Commits.SealedRecord> records) {
    return commit(author, vault, head(vault), state.head(), 1, changes, records);
  }

  /// A commit said to be made at a time, with these records.
  public Commits.Append commit(
      Actor author,
      VaultId vault,
      Head head,
      Head teamHead,
      long time,
      List<Change> changes,
      List<Commits.SealedRecord> records) {
    Commit commit =
        new Commit(
            id(),
            vault,
            head.seq() + 1,
            head.hash(),
            teamHead,
            author.id,
            author.device.id(),
            time,
            changes);
    SignedBytes signed = author.sign(Label.COMMIT, Commit.CODEC.encode(commit));
    List<Bundle> bundles = new ArrayList<>();
    List<SignedBytes> channels = new ArrayList<>();
    if (!records.isEmpty()) {
      for (Recipient recipient : state.recipients(vault).values()) {
        SignedBytes channel = channel(author, vault, recipient);
        channels.add(channel);
        bundles.add(
            new Bundle(
                recipient.member(),
                channel.hash(Label.CHANNEL),
                List.of(
                    new Bundle.Run(
                        commit.seq(), 0, Bytes.zeros(records.size() * Bundle.WRAP_LENGTH)))));
      }
    }
    return new Commits.Append(signed, records, bundles, channels);
  }

  public SignedBytes channel(Actor author, VaultId vault, Recipient recipient) {
    Channel channel =
        new Channel(
            id(),
            vault,
            author.id,
            author.device.id(),
            author.device.signingKey(),
            recipient.member(),
            recipient.keyHash(),
            Actor.random(1120));
    return author.sign(Label.CHANNEL, Channel.CODEC.encode(channel));
  }

  public Wire.Answer send(Actor author, VaultId vault, Commits.Append append) {
    return Wire.call(
        Route.APPEND_COMMIT, author.token, "", Commits.Append.CODEC.encode(append), id(), vault);
  }

  public Wire.Answer append(Actor author, VaultId vault, Change... changes) {
    Commits.Append append = commit(author, vault, changes);
    Wire.Answer answer = send(author, vault, append);
    if (answer.status() == 200) {
      heads.put(vault, answer.as(HEAD));
    }
    return answer;
  }

  /// Uploads one small content.
  public BlobId upload(Actor author, VaultId vault, byte[] content) {
    BlobId blob = new BlobId(Actor.random(16));
    UploadId upload = new UploadId(Actor.random(16));
    begin(author, vault, upload, new Uploads.Blob(blob, content.length)).as(Uploads.State.CODEC);
    Wire.call(Route.PUT_PART, author.token, "", content, id(), vault, upload, 1).isDone();
    Wire.call(Route.COMPLETE_UPLOAD, author.token, id(), vault, upload).isDone();
    return blob;
  }

  public Wire.Answer begin(Actor author, VaultId vault, UploadId upload, Uploads.Blob... blobs) {
    byte[] body = Uploads.Begin.CODEC.encode(new Uploads.Begin(upload, List.of(blobs)));
    return Wire.call(Route.BEGIN_UPLOAD, author.token, "", body, id(), vault);
  }
}
