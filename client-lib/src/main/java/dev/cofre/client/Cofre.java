package dev.cofre.client;

import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Conflict;
import dev.cofre.client.failure.Malformed;
import dev.cofre.client.failure.NotFound;
import dev.cofre.client.failure.Refused;
import dev.cofre.client.format.FileRecord;
import dev.cofre.client.history.Draft;
import dev.cofre.client.history.VaultHistory;
import dev.cofre.client.history.VaultWriter;
import dev.cofre.client.history.Workspace;
import dev.cofre.client.keys.Keystore;
import dev.cofre.client.keys.PairLink;
import dev.cofre.client.keys.SendLink;
import dev.cofre.client.remote.Origin;
import dev.cofre.client.replica.HomeLock;
import dev.cofre.client.replica.LocalSeal;
import dev.cofre.client.replica.Replica;
import dev.cofre.client.send.Receiving;
import dev.cofre.client.sharing.Upkeep;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.RevisionId;
import dev.cofre.protocol.TeamRole;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.Member;
import dev.cofre.protocol.team.Standing;
import dev.cofre.protocol.team.TeamState;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// One unlocked device of one member in one team. `home` is the directory that holds its whole state (mode 0700); one process
/// at a time works on it. For one thread at a time.
public final class Cofre implements AutoCloseable {
  private static final int SHORTEST_ID = 8;
  private static final int VAULT_SALT = 16;
  private static final int MAX_NAME = 200;

  private final Workspace workspace;

  private Cofre(Workspace workspace) {
    this.workspace = workspace;
  }

  /// Asks what is behind the link of a send. Needs no device, and uses nothing up.
  ///
  /// @throws CofreException [dev.cofre.client.failure.Malformed] when it is not a whole link;
  ///     [dev.cofre.client.failure.Refused] when the send is over, or there is none
  public static Receiving look(Surroundings surroundings, String link) throws CofreException {
    SendLink read = SendLink.read(link);
    Origin origin = Origin.of(URI.create(read.origin()));
    return Receiving.look(
        surroundings.dialer().dial(origin, Optional.empty()), surroundings.random(), read);
  }

  /// Whether there is a keystore in this directory.
  public static boolean existsIn(Path home) {
    return Keystore.existsIn(home);
  }

  /// Starts a team on a server, with `me` as its first owner.
  public static Cofre createTeam(
      Surroundings surroundings,
      Path home,
      Passphrase passphrase,
      URI server,
      String teamName,
      Person me,
      Optional<String> registrationToken)
      throws CofreException {
    return new Cofre(
        Enrolment.createTeam(
            surroundings, home, passphrase, Origin.of(server), teamName, me, registrationToken));
  }

  /// Joins by an invitation's link, or becomes a further device of a member by a pairing link (then `me` is not used). As soon
  /// as there are words to compare they go to `words`; a pairing then waits until the other device has accepted.
  public static Joined join(
      Surroundings surroundings,
      Path home,
      Passphrase passphrase,
      String link,
      Person me,
      Consumer<List<String>> words)
      throws CofreException {
    Enrolment.Invited invited =
        PairLink.isLink(link)
            ? Joining.pair(surroundings, home, passphrase, link, words)
            : Enrolment.join(surroundings, home, passphrase, link, me, words);
    Cofre cofre = new Cofre(invited.workspace());
    cofre.learnNames();
    return new Joined(cofre, invited.words(), cofre.whoAmI().standing());
  }

  /// Asks for the names in the team. Without them a newcomer sees ids, which is no reason to fail.
  private void learnNames() {
    try {
      if (whoAmI().standing() == Standing.CONFIRMED) {
        workspace.names().refresh(workspace.team().state());
      }
    } catch (CofreException _) {
      // The next command asks again.
    }
  }

  /// Unlocks the device in this directory. Does not ask the server anything.
  ///
  /// @throws CofreException [dev.cofre.client.failure.LocalState]: wrong passphrase, missing, damaged or busy
  public static Cofre open(Surroundings surroundings, Path home, Passphrase passphrase)
      throws CofreException {
    return open(
        surroundings,
        home,
        () ->
            passphrase.lend(characters -> Keystore.open(home, characters, surroundings.random())));
  }

  /// Unlocks the device with the key that [dev.cofre.client.keys.Keystore#unlockKey] gave, as an agent keeps it.
  ///
  /// @throws dev.cofre.client.failure.LocalState of kind `LOCKED` when the passphrase was changed since
  public static Cofre open(Surroundings surroundings, Path home, SecretBytes unlockKey)
      throws CofreException {
    return open(surroundings, home, () -> Keystore.open(home, unlockKey, surroundings.random()));
  }

  /// How the keystore is unlocked once the home is ours.
  private interface Unlocking {
    Keystore unlock() throws CofreException;
  }

  private static Cofre open(Surroundings surroundings, Path home, Unlocking unlocking)
      throws CofreException {
    if (!existsIn(home)) {
      throw Keystore.missing(home);
    }
    HomeLock lock = HomeLock.take(home);
    try {
      Keystore keystore = unlocking.unlock();
      try {
        LocalSeal seal = new LocalSeal(keystore.localKey(), surroundings.random());
        Replica replica = Replica.open(home, seal);
        return new Cofre(NewDevice.workspace(surroundings, home, lock, keystore, replica));
      } catch (CofreException | RuntimeException e) {
        keystore.close();
        throw e;
      }
    } catch (CofreException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /// Makes this a device of the member whose recovery kit this is. `kit` is what was typed or scanned from the sheet.
  public static Cofre restore(
      Surroundings surroundings, Path home, Passphrase passphrase, URI server, String kit)
      throws CofreException {
    return new Cofre(Joining.restore(surroundings, home, passphrase, Origin.of(server), kit));
  }

  /// Seals the keystore under another passphrase.
  public void changePassphrase(Passphrase passphrase) throws CofreException {
    passphrase.lend(characters -> {
      workspace.keystore().changePassphrase(characters);
      return passphrase;
    });
  }

  /// The key that opens this device again without its passphrase; the caller closes it.
  public SecretBytes unlockKey() throws CofreException {
    return workspace.keystore().unlockKey();
  }

  /// Whether this can be a server's address: `https`, or `http` to this machine, and nothing behind the port.
  public static boolean isServer(URI address) {
    try {
      Origin.of(address);
      return true;
    } catch (Malformed _) {
      return false;
    }
  }

  /// The team.
  public Team team() {
    return new Team(workspace);
  }

  /// The vaults that this member is in, by name. All are caught up but those whose date is past: of them the server tells nothing.
  public List<Vault> vaults() throws CofreException {
    Upkeep.catchUp(workspace);
    for (VaultId id : workspace.team().state().vaultsOf(workspace.me())) {
      VaultHistory history = workspace.vault(id);
      unlessEnded(() -> Upkeep.refreshCommits(workspace, history));
    }
    return knownVaults();
  }

  /// The vaults that this member was in when the server was last asked, by name; asks nobody.
  public List<Vault> knownVaults() throws CofreException {
    requireNoFork();
    List<Vault> vaults = new ArrayList<>();
    for (VaultId id : workspace.team().state().vaultsOf(workspace.me())) {
      vaults.add(new Vault(workspace, workspace.vault(id)));
    }
    vaults.sort(Comparator.comparing(Vault::name).thenComparing(vault -> vault.id().hex()));
    return vaults;
  }

  /// Something that asks the server about one vault.
  private interface Question {
    void ask() throws CofreException;
  }

  private static void unlessEnded(Question question) throws CofreException {
    try {
      question.ask();
    } catch (Refused refused) {
      if (!refused.code().equals(Problem.GRANT_ENDED.code())) {
        throw refused;
      }
    }
  }

  /// A vault by its name, its id, or an unambiguous beginning of its id of at least 8 digits, caught up.
  ///
  /// @throws CofreException [NotFound] when there is none, or more than one, of that name; [Refused] when this member was in it
  public Vault vault(String nameOrId) throws CofreException {
    Upkeep.catchUp(workspace);
    List<VaultHistory> matching = new ArrayList<>();
    for (VaultId id : workspace.team().state().vaultsOf(workspace.me())) {
      VaultHistory history = workspace.vault(id);
      if (!isId(nameOrId, id) && history.index().name().isEmpty()) {
        unlessEnded(history::catchUpCommits);
      }
      if (isCalled(nameOrId, history)) {
        matching.add(history);
      }
    }
    if (matching.isEmpty()) {
      throw noVault(nameOrId);
    }
    if (matching.size() > 1) {
      throw new NotFound("several vaults are called " + nameOrId, "Name it by its id.");
    }
    Upkeep.refreshCommits(workspace, matching.getFirst());
    return new Vault(workspace, matching.getFirst());
  }

  private static boolean isCalled(String nameOrId, VaultHistory history) {
    return isId(nameOrId, history.vault())
        || history.index().name().filter(nameOrId::equals).isPresent();
  }

  private static boolean isId(String nameOrId, VaultId vault) {
    return nameOrId.length() >= SHORTEST_ID && vault.hex().startsWith(nameOrId);
  }

  /// Tells a vault that this member was in from one that never was.
  private CofreException noVault(String nameOrId) throws CofreException {
    for (VaultId id : workspace.team().state().vaultsOf(workspace.me())) {
      if (workspace.vault(id).index().formerName().filter(nameOrId::equals).isPresent()) {
        return new NotFound(
            "a vault was called "
                + nameOrId
                + " and has another name now, which cannot be read yet",
            "Name it by its id: " + id.hex().substring(0, SHORTEST_ID) + ".");
      }
    }
    for (VaultId id : workspace.team().state().vaults()) {
      VaultHistory history = workspace.vault(id);
      if (history.index().head().seq() > 0 && isCalled(nameOrId, history)) {
        return new Refused(
            Problem.GRANT_ENDED.code(),
            Problem.GRANT_ENDED.status(),
            "your access to the vault " + nameOrId + " has ended",
            "Ask a manager of the vault to give it to you again.");
      }
    }
    return new NotFound(
        "there is no vault " + nameOrId,
        hasUnnamed()
            ? "A vault of yours cannot be read yet: that changes once the program of a colleague who can edit it has been in touch."
            : "List the vaults to see their names.");
  }

  private boolean hasUnnamed() throws CofreException {
    for (VaultId id : workspace.team().state().vaultsOf(workspace.me())) {
      if (workspace.vault(id).index().name().isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /// Starts a vault with this member as its manager.
  ///
  /// @throws CofreException [Conflict] when a vault that this member can read has the name; those of others cannot be known
  public Vault createVault(String name) throws CofreException {
    if (name.isBlank() || name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME) {
      throw new IllegalArgumentException("a vault's name has 1 to 200 bytes");
    }
    for (Vault other : vaults()) {
      if (other.name().equals(name)) {
        throw new Conflict(
            "a vault called " + name + " is there already", "Choose another name for the new one.");
      }
    }
    var salt = workspace.connection().random().bytes(VAULT_SALT);
    var entry = workspace.team().append(_ -> new Body.VaultCreate(salt));
    VaultHistory history = workspace.vault(new VaultId(entry.hash().value()));
    new VaultWriter(history)
        .write(
            now -> now.index().file(FileId.NAME).isPresent() ? List.of() : List.of(naming(name)));
    return new Vault(workspace, history);
  }

  private Draft naming(String name) {
    return new Draft.Put(
        FileId.NAME,
        new RevisionId(workspace.connection().random().bytes(RevisionId.LENGTH)),
        Optional.empty(),
        Optional.empty(),
        () -> FileRecord.encodeVaultName(name));
  }

  /// Asks nobody.
  ///
  /// @throws CofreException [dev.cofre.client.failure.Forked] once this device has had proof that the server shows different histories:
  ///     then it does nothing more about the team
  public void requireNoFork() throws CofreException {
    workspace.team().requireNoFork();
  }

  /// The member's present encryption key, if this device does not have it; asks nobody.
  public Optional<LackingKey> lackingKey() {
    return workspace
        .team()
        .lackingKey()
        .map(lacking -> new LackingKey(lacking.entry(), lacking.device()));
  }

  /// Who this is, as last verified; asks nobody. A member whose join has not been seen in the log yet is waiting.
  public WhoAmI whoAmI() {
    TeamState team = workspace.team().state();
    Optional<Member> me = Optional.ofNullable(team.members().get(workspace.me()));
    return new WhoAmI(
        team.id(),
        workspace.names().ofTeam(team),
        workspace.me(),
        workspace.names().of(team, workspace.me()),
        me.map(Member::role).orElse(TeamRole.MEMBER),
        me.map(Member::standing).orElse(Standing.WAITING),
        workspace.connection().identity().device(),
        URI.create(workspace.connection().origin()));
  }

  @Override
  public void close() {
    workspace.close();
  }
}
