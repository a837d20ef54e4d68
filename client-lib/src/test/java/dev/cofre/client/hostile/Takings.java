package dev.cofre.client.hostile;

import dev.cofre.client.failure.Refused;
import dev.cofre.client.keys.SealedRecords;
import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.UploadId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.api.Teams;
import dev.cofre.protocol.api.Uploads;
import dev.cofre.protocol.cbor.MalformedException;
import dev.cofre.protocol.signed.Signed;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.Entry;
import dev.cofre.protocol.team.JoinStatement;
import dev.cofre.protocol.team.WrappedSeed;
import dev.cofre.protocol.vault.Bundle;
import dev.cofre.protocol.vault.Change;
import dev.cofre.protocol.vault.Channel;
import dev.cofre.protocol.vault.Commit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Everything sealed that a server was given by the requests in its transcript, with what it knows about where each thing belongs, and
/// the place in the transcript of the request that brought it.
final class Takings {
  private final TeamId team;
  private final World truth;
  private final Map<Hash, Channel> channels = new LinkedHashMap<>();
  private final List<Wrap> wraps = new ArrayList<>();
  private final List<Record> records = new ArrayList<>();
  private final List<Blob> blobs = new ArrayList<>();
  private final List<Seed> seeds = new ArrayList<>();
  private final List<Previous> previous = new ArrayList<>();
  private final Set<Bytes> seen = new LinkedHashSet<>();
  private final Map<BlobId, Bytes> starts = new HashMap<>();
  private final Map<UploadId, Uploads.Begin> begun = new HashMap<>();
  private int at;

  /// The wrap of a put's record key.
  record Wrap(int at, Hash channel, Change.Put put, Bytes bytes) {}

  /// A sealed record.
  record Record(int at, SealedRecords.Place place, Bytes sealed) {}

  /// The beginning of a sealed content, where a commit refers to it.
  record Blob(int at, BlobId blob, byte[] context, Bytes start) {}

  /// A seed for a device, and the hash of the key it is the seed of.
  record Seed(int at, MemberId member, Hash key, WrappedSeed wrapped) {}

  /// The seed of the key with the hash `before`, under the seed after it.
  record Previous(int at, MemberId member, Hash before, Bytes sealed) {}

  private Takings(World truth) {
    this.truth = truth;
    this.team = truth.state().id();
  }

  static Takings of(EvilServer server) {
    Takings takings = new Takings(server.truth());
    takings.takeChannels();
    for (Exchange exchange : server.transcript()) {
      takings.see(exchange);
      try {
        takings.take(exchange);
      } catch (MalformedException _) {
        // Nothing that a client of ours sends.
      }
      takings.at++;
    }
    return takings;
  }

  /// Channels go on from before the transcript begins.
  private void takeChannels() {
    try {
      take(truth.channels());
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  private void see(Exchange exchange) {
    exchange.request().token().ifPresent(token -> seen.addAll(Seen.token(token)));
    seen.addAll(Seen.in(exchange.request().body().toArray()));
    seen.addAll(Seen.in(exchange.given().body().toArray()));
  }

  private void take(Exchange exchange) throws MalformedException {
    if (exchange.route().isEmpty()) {
      return;
    }
    Address address = Address.of(exchange.request()).orElseThrow();
    byte[] body = exchange.request().body().toArray();
    switch (address.route()) {
      case APPEND_COMMIT -> take(address.vault(), Commits.Append.CODEC.decode(body));
      case ADD_BUNDLES -> {
        Commits.Bundles bundles = Commits.Bundles.CODEC.decode(body);
        take(bundles.channels());
        for (Bundle bundle : bundles.bundles()) {
          take(address.vault(), bundle, Optional.empty());
        }
      }
      case APPEND_ENTRY -> take(Entry.read(Teams.Append.CODEC.decode(body).entry()).value());
      case BEGIN_UPLOAD -> {
        Uploads.Begin begin = Uploads.Begin.CODEC.decode(body);
        begun.put(begin.upload(), begin);
      }
      case PUT_PART -> takePart(address, exchange.request().body());
      default -> {}
    }
  }

  private void take(VaultId vault, Commits.Append append) throws MalformedException {
    Commit commit = Commit.read(append.commit()).value();
    List<Change.Put> puts = commit.puts();
    for (int i = 0; i < Math.min(puts.size(), append.records().size()); i++) {
      Change.Put put = puts.get(i);
      records.add(
          new Record(
              at,
              new SealedRecords.Place(team, vault, put.file(), put.revision()),
              append.records().get(i).sealed()));
      put.blob().ifPresent(blob -> take(vault, put, blob));
    }
    take(append.channels());
    for (Bundle bundle : append.bundles()) {
      take(vault, bundle, Optional.of(commit));
    }
  }

  private void take(VaultId vault, Change.Put put, BlobId blob) {
    Optional.ofNullable(starts.get(blob))
        .ifPresent(start ->
            blobs.add(
                new Blob(
                    at, blob, SealedRecords.contentContext(team, vault, put.file(), blob), start)));
  }

  private void take(List<SignedBytes> offered) throws MalformedException {
    for (SignedBytes bytes : offered) {
      Signed<Channel> channel = Channel.read(bytes);
      channels.put(bytes.hash(Label.CHANNEL), channel.value());
    }
  }

  private void take(VaultId vault, Bundle bundle, Optional<Commit> commit) {
    for (Bundle.Run run : bundle.runs()) {
      List<Change.Put> puts =
          commit.filter(c -> c.seq() == run.seq()).map(Commit::puts).orElse(stored(vault, run));
      for (int i = 0; i < run.count() && run.first() + i < puts.size(); i++) {
        wraps.add(new Wrap(at, bundle.channel(), puts.get(run.first() + i), run.wrap(i)));
      }
    }
  }

  private List<Change.Put> stored(VaultId vault, Bundle.Run run) {
    try {
      return truth.shelf(vault).commits().stream()
          .map(Signed::value)
          .filter(commit -> commit.seq() == run.seq())
          .findFirst()
          .map(Commit::puts)
          .orElse(List.of());
    } catch (Refused _) {
      return List.of();
    }
  }

  private void take(Entry entry) throws MalformedException {
    MemberId member = entry.author();
    List<Hash> keys = keys(member);
    switch (entry.body()) {
      case Body.DeviceAdd add ->
          keys.forEach(key -> seeds.add(new Seed(at, member, key, add.seed())));
      case Body.MemberRekey rekey -> {
        Hash next = hash(rekey.memberKey());
        rekey.seeds().forEach(seed -> seeds.add(new Seed(at, member, next, seed)));
        for (Hash before : keys) {
          previous.add(new Previous(at, member, before, rekey.previousSeed()));
        }
      }
      default -> {}
    }
  }

  private static Hash hash(Bytes key) {
    return Hash.sha256(key.toArray());
  }

  /// The hashes of all keys that a member ever had.
  private List<Hash> keys(MemberId member) throws MalformedException {
    List<Hash> keys = new ArrayList<>();
    for (Signed<Entry> entry : truth.log()) {
      if (entry.value().author().equals(member)) {
        switch (entry.value().body()) {
          case Body.Genesis genesis -> keys.add(hash(genesis.memberKey()));
          case Body.Join join ->
              keys.add(
                  hash(
                      JoinStatement.CODEC
                          .decode(join.statement().payload().toArray())
                          .memberKey()));
          case Body.MemberRekey rekey -> keys.add(hash(rekey.memberKey()));
          default -> {}
        }
      }
    }
    return keys;
  }

  private void takePart(Address address, Bytes part) {
    Uploads.Begin begin = begun.get(address.upload());
    if (begin == null || address.part() != 1) {
      return;
    }
    int at = 0;
    for (Uploads.Blob blob : begin.blobs()) {
      if (at + Seen.HEADER <= part.length()) {
        starts.put(blob.blob(), part.slice(at, Seen.HEADER));
      }
      at += (int) Math.min(blob.length(), Integer.MAX_VALUE / 2);
    }
  }

  TeamId team() {
    return team;
  }

  Map<Hash, Channel> channels() {
    return channels;
  }

  List<Wrap> wraps() {
    return wraps;
  }

  List<Record> records() {
    return records;
  }

  List<Blob> blobs() {
    return blobs;
  }

  List<Seed> seeds() {
    return seeds;
  }

  List<Previous> previous() {
    return previous;
  }

  /// Every 32 bytes that stood somewhere as a value of their own.
  Set<Bytes> seen() {
    return seen;
  }
}
