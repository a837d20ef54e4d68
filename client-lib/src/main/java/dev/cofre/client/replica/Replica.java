package dev.cofre.client.replica;

import dev.cofre.client.disk.PrivateFiles;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.LocalState;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.Profile;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.signed.SignedBytes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Everything that a device remembers, under `HOME/state`, sealed. A state that is not there although the keystore is, is an
/// alarm and not a first run.
public final class Replica {
  private static final String STATE = "state";
  private static final String EVIDENCE = "evidence";

  private final Path home;
  private final Path state;
  private final LocalSeal seal;
  private final SealedFile<Pins> pinsFile;
  private final SealedFile<Stored.Names> names;
  private final SealedFile<Stored.Invited> invited;
  private final SealedFile<Stored.Alarm> alarm;
  private final SealedLog<Stored.Entries> log;
  private final Map<VaultId, VaultStore> vaults = new HashMap<>();
  private Pins pins;

  private Replica(Path home, LocalSeal seal, Pins pins) {
    this.home = home;
    this.state = home.resolve(STATE);
    this.seal = seal;
    this.pins = pins;
    pinsFile = pinsFile(home, seal);
    names = new SealedFile<>(state, "names", seal, Stored.Names.CODEC);
    invited = new SealedFile<>(state, "invited", seal, Stored.Invited.CODEC);
    alarm = new SealedFile<>(state, "alarm", seal, Stored.Alarm.CODEC);
    log = new SealedLog<>(state, "team.log", seal, Stored.Entries.CODEC);
  }

  private static SealedFile<Pins> pinsFile(Path home, LocalSeal seal) {
    return new SealedFile<>(home.resolve(STATE), "pins", seal, Pins.CODEC);
  }

  /// The first memory of a new device: a verified log, not empty. Whatever an earlier device without a keystore left there is
  /// removed.
  public static Replica create(Path home, LocalSeal seal, List<SignedBytes> entries, Head head)
      throws LocalState {
    discard(home);
    PrivateFiles.makeDirectory(home.resolve(STATE));
    Replica replica = new Replica(home, seal, new Pins(head, Extent.NONE, List.of()));
    replica.append(entries, head);
    return replica;
  }

  /// The memory of a device.
  ///
  /// @throws LocalState of kind `MISSING` when it is gone, `DAMAGED` when it cannot be read
  public static Replica open(Path home, LocalSeal seal) throws LocalState {
    Pins pins = pinsFile(home, seal).read().orElseThrow(() -> LocalSeal.missing("pins"));
    return new Replica(home, seal, pins);
  }

  /// Removes the memory of a device that came to nothing.
  public static void discard(Path home) throws LocalState {
    PrivateFiles.empty(home.resolve(STATE));
  }

  /// The pinned head of the team log.
  public Head teamHead() {
    return pins.team();
  }

  /// The team log, as far as it is pinned.
  public List<SignedBytes> entries() throws CofreException {
    List<SignedBytes> entries = new ArrayList<>();
    log.read(pins.teamLog(), segment -> entries.addAll(segment.entries()));
    return entries;
  }

  /// Adds verified entries and pins the new head. Durable when it returns; cleanly absent when it fails.
  public void append(List<SignedBytes> entries, Head head) throws LocalState {
    Extent extended = log.append(pins.teamLog(), entries, Stored.Entries::new);
    save(pins.with(head, extended));
  }

  /// What is kept of a vault.
  public VaultStore vault(VaultId vault) {
    return vaults.computeIfAbsent(vault, id -> new VaultStore(this, id, state, seal));
  }

  /// The names last seen.
  public List<Profile> names() throws LocalState {
    return names.read().map(Stored.Names::profiles).orElse(List.of());
  }

  /// Replaces the names.
  public void saveNames(List<Profile> profiles) throws LocalState {
    names.write(new Stored.Names(profiles));
  }

  /// To whom this device gave invitations.
  public List<Stored.Invitee> invited() throws LocalState {
    return invited.read().map(Stored.Invited::invitees).orElse(List.of());
  }

  /// Replaces them.
  public void saveInvited(List<Stored.Invitee> invitees) throws LocalState {
    invited.write(new Stored.Invited(invitees));
  }

  /// The proof, if this device ever had one, that its server shows different histories.
  public Optional<Stored.Alarm> alarm() throws LocalState {
    return alarm.read();
  }

  /// Keeps two signed texts that contradict each other, in the clear, so that whoever has them can show it; then remembers that
  /// there is such a proof. The first one is remembered for good.
  public void raise(Stored.Alarm raised, byte[] ours, byte[] theirs) throws LocalState {
    PrivateFiles.makeDirectory(home.resolve(EVIDENCE));
    PrivateFiles.replace(evidence(raised, "ours"), ours);
    PrivateFiles.replace(evidence(raised, "theirs"), theirs);
    if (alarm().isEmpty()) {
      alarm.write(raised);
    }
  }

  /// Where one side of a proof is kept.
  public Path evidence(Stored.Alarm raised, String side) {
    return home.resolve(EVIDENCE).resolve(raised.evidence() + "." + side);
  }

  Pins pins() {
    return pins;
  }

  void pin(Pins.OfVault pin) throws LocalState {
    save(pins.with(pin));
  }

  private void save(Pins changed) throws LocalState {
    pinsFile.write(changed);
    pins = changed;
  }
}
