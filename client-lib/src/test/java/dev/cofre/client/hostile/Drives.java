package dev.cofre.client.hostile;

import dev.cofre.client.Cofre;
import dev.cofre.client.InviteRequest;
import dev.cofre.client.Pairing;
import dev.cofre.client.Passphrase;
import dev.cofre.client.Person;
import dev.cofre.client.Recursion;
import dev.cofre.client.Vault;
import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.NotFound;
import dev.cofre.client.keys.Identity;
import dev.cofre.client.keys.PairLink;
import dev.cofre.client.remote.Origin;
import dev.cofre.client.remote.Server;
import dev.cofre.client.report.Outcome;
import dev.cofre.client.report.Progress;
import dev.cofre.client.sharing.Devices;
import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.RelayId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.TeamRole;
import dev.cofre.protocol.UploadId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.api.Uploads;
import dev.cofre.protocol.team.JoinMode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Which operation uses which route. A route without one does not compile.
final class Drives {
  private static final RandomSource RANDOM = RandomSource.system();
  private static final Map<String, String> WHOLE =
      new TreeMap<>(
          Map.of(
              "/letters/first.txt", Stage.FIRST,
              "/letters/of-eva.txt", Stage.OF_EVA,
              "/letters/of-mia.txt", Stage.OF_MIA,
              "/letters/of-rui.txt", Stage.OF_RUI,
              "/letters/third.txt", Stage.THIRD));

  /// How the vault was after each commit that Eva has not seen, before and after.
  private static final List<Map<String, String>> SNAPSHOTS =
      List.of(
          WHOLE,
          with(without("/letters/of-rui.txt", "/letters/third.txt"), "/letters/gone.txt"),
          with(without("/letters/third.txt"), "/letters/gone.txt"),
          without("/letters/third.txt"));

  private Drives() {}

  private static Map<String, String> without(String... paths) {
    Map<String, String> rest = new TreeMap<>(WHOLE);
    rest.keySet().removeAll(List.of(paths));
    return rest;
  }

  private static Map<String, String> with(Map<String, String> files, String path) {
    files.put(path, Stage.GONE);
    return files;
  }

  static Drive of(Route route) {
    return switch (route) {
      case SERVER -> new Drive(route, Stage.Play::eva, Drives::info);
      case CREATE_TEAM -> new Drive(route, Drive.Lasting.LONG, Stage.Play::ana, Drives::createTeam);
      case CHALLENGE, OPEN_SESSION, LOG, COMMITS ->
          new Drive(route, Stage.Play::eva, (_, eva) -> readsAll(eva));
      case END_SESSION -> new Drive(route, Stage.Play::rui, Drives::endSession);
      case APPEND_ENTRY -> new Drive(route, Stage.Play::ana, Drives::invite);
      case PROFILES -> new Drive(route, Stage.Play::eva, Drives::names);
      case OPEN_RELAY, READ_RELAY -> new Drive(route, Stage.Play::rui, Drives::pair);
      case FILL_RELAY -> new Drive(route, Stage.Play::rui, Drives::fillRelay);
      case APPEND_COMMIT, BEGIN_UPLOAD, PUT_PART, COMPLETE_UPLOAD ->
          new Drive(route, Stage.Play::rui, Drives::put);
      case PART_ADDRESS, PART_STORED -> new Drive(route, play -> directly(play.rui()), Drives::put);
      case BLOB_ADDRESS -> new Drive(route, play -> directly(play.eva()), Drives::getOneByOne);
      case BUNDLES -> new Drive(route, Drives::withoutWraps, (_, eva) -> readsAll(eva));
      case ADD_BUNDLES, MISSING -> new Drive(route, Stage.Play::ana, (_, ana) -> repair(ana));
      case UNUSABLE_WRAPS -> new Drive(route, Drives::withSpoiltWraps, (_, eva) -> repair(eva));
      case FETCHED -> new Drive(route, Stage.Play::ana, Drives::revoke);
      case UPLOAD -> new Drive(route, Stage.Play::rui, Drives::upload);
      case ABORT_UPLOAD -> new Drive(route, Stage.Play::rui, Drives::giveUp);
      case BLOB -> new Drive(route, Stage.Play::eva, Drives::getOneByOne);
      case BLOBS -> new Drive(route, Stage.Play::eva, Drives::getTogether);
      case OPENINGS -> new Drive(route, Stage.Play::rui, SendDrives::openings);
      case SEND, OPEN_SEND, SEND_BLOB -> new Drive(route, Stage.Play::rui, SendDrives::receive);
    };
  }

  /// Everything in the vault, as one client sees it in one command: as it is now or was at some time since they last looked. What cannot be
  /// read is said to be so.
  private static boolean readsAll(Actor actor) throws CofreException {
    return actor.run(cofre -> {
      Vault vault = cofre.vault(Actor.VAULT);
      Map<String, String> contents = contents(vault);
      if (SNAPSHOTS.contains(contents)) {
        return true;
      }
      int unreadable = vault.unreadable().size();
      if (SNAPSHOTS.stream().anyMatch(whole -> lacks(whole, contents, unreadable))) {
        throw new NotFound("files that are said to be unreadable");
      }
      return false;
    });
  }

  private static boolean lacks(
      Map<String, String> whole, Map<String, String> part, int unreadable) {
    return whole.entrySet().containsAll(part.entrySet())
        && part.size() + unreadable == whole.size();
  }

  private static Map<String, String> contents(Vault vault) throws CofreException {
    Map<String, String> contents = new TreeMap<>();
    for (var entry : vault.list("/", Recursion.DEEP)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      vault.read(entry.path(), Optional.empty(), out);
      contents.put(entry.path(), out.toString(StandardCharsets.UTF_8));
    }
    return contents;
  }

  /// Once the server is honest again: one letter can be read as it was written.
  static boolean heals(Actor actor) throws CofreException {
    return actor.read("/letters/first.txt").equals(Stage.FIRST);
  }

  /// Somebody whose contents go and come by the storage.
  private static Actor directly(Actor actor) {
    actor.line().deliverDirectly();
    return actor;
  }

  /// Eva, who was given commits without the keys to their records.
  private static Actor withoutWraps(Stage.Play play) throws CofreException {
    Actor eva = play.eva();
    eva.line().withholdWraps();
    eva.run(cofre -> cofre.vault(Actor.VAULT).head());
    eva.line().giveAll();
    return eva;
  }

  private static Actor withSpoiltWraps(Stage.Play play) throws CofreException {
    Actor eva = withoutWraps(play);
    play.evil().truth().shelf(play.company().vault()).spoilWraps(eva.member());
    return eva;
  }

  private static Server server(Stage.Play play, Actor actor) throws CofreException {
    return actor
        .surroundings()
        .dialer()
        .dial(
            Origin.of(URI.create(Doorway.FIRST.origin())),
            Optional.of(Innards.signer(play.evil().truth().state().id(), actor.twin())));
  }

  private static TeamId team(Stage.Play play) {
    return play.evil().truth().state().id();
  }

  private static boolean info(Stage.Play play, Actor actor) throws CofreException {
    server(play, actor).info();
    return true;
  }

  private static boolean createTeam(Stage.Play play, Actor actor) throws CofreException {
    Path home = play.directory().resolve("new");
    try (Passphrase passphrase = Passphrase.of("of a new team".toCharArray());
        Cofre cofre =
            Cofre.createTeam(
                actor.surroundings(),
                home,
                passphrase,
                Company.server(),
                "New",
                new Person("Ana", ""),
                Optional.empty())) {
      return cofre.whoAmI().role() == TeamRole.OWNER;
    }
  }

  private static boolean endSession(Stage.Play play, Actor actor) throws CofreException {
    Server server = server(play, actor);
    server.profiles(team(play));
    server.endSession(team(play));
    return true;
  }

  private static boolean invite(Stage.Play play, Actor ana) throws CofreException {
    var made =
        ana.run(cofre ->
            cofre
                .team()
                .invite(
                    new InviteRequest(
                        "",
                        TeamRole.MEMBER,
                        Map.of(),
                        InviteRequest.USUAL_EXPIRY,
                        JoinMode.AT_ONCE)));
    play.company().oracles().canaries().addLink(made.link());
    return ana.line().log().state().invitations().containsKey(made.invite());
  }

  /// Names that the server does not give are beginnings of ids.
  private static boolean names(Stage.Play play, Actor actor) throws CofreException {
    List<String> right = List.of("Ana", "Eva", "Mia", "Rui", "Zoe");
    return actor.run(cofre -> cofre.team().members()).stream()
        .allMatch(m -> right.contains(m.name()) || m.id().hex().startsWith(m.name()));
  }

  private static boolean pair(Stage.Play play, Actor actor) throws CofreException {
    World world = actor.line().log();
    Thread here = Thread.currentThread();
    int[] reads = {0};
    actor
        .line()
        .on(
            Route.READ_RELAY,
            (_, answer) -> {
              if (++reads[0] > 2) {
                here.interrupt(); // as somebody does who is tired of waiting
              }
              return answer;
            });
    Newcomer newcomer = new Newcomer(play, world);
    try {
      var device = actor.run(cofre -> cofre.team().pair(newcomer));
      return device.equals(newcomer.identity().device())
          && world.state().devices().containsKey(device);
    } finally {
      Thread.interrupted();
    }
  }

  /// A new device that answers at once.
  private static final class Newcomer implements Pairing {
    private final Stage.Play play;
    private final World world;
    private Optional<Identity> identity = Optional.empty();

    Newcomer(Stage.Play play, World world) {
      this.play = play;
      this.world = world;
    }

    Identity identity() {
      return identity.orElseThrow();
    }

    @Override
    public void show(String text) {
      play.company().oracles().canaries().addLink(text);
      try (PairLink link = PairLink.read(text)) {
        Identity device = Identity.ofNewDevice(link.layout().member(), RANDOM);
        identity = Optional.of(device);
        Bytes message = link.seal(Devices.statement(device, link.layout().team()), RANDOM);
        world.relays().put(link.relay(), Optional.of(message));
      } catch (CofreException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public Answer compare(List<String> words) {
      return Answer.SAME;
    }
  }

  private static boolean fillRelay(Stage.Play play, Actor actor) throws CofreException {
    RelayId relay = new RelayId(RANDOM.bytes(RelayId.LENGTH));
    play.evil().truth().relays().put(relay, Optional.empty());
    actor
        .surroundings()
        .dialer()
        .dial(Origin.of(Company.server()), Optional.empty())
        .fillRelay(team(play), relay, RANDOM.bytes(100));
    return true;
  }

  private static boolean put(Stage.Play play, Actor actor) throws CofreException, IOException {
    actor.put("/letters/new.txt", "a letter that is new");
    play.evil().honest();
    play.ana().line().show(actor.line().log(), actor.line().vaults());
    return play.ana().read("/letters/new.txt").equals("a letter that is new");
  }

  private static boolean repair(Actor actor) throws CofreException {
    actor.inVault(vault -> vault.head());
    return true;
  }

  private static boolean revoke(Stage.Play play, Actor ana) throws CofreException {
    var rui = play.rui().member();
    ana.inVault(vault -> vault.revoke(rui, Vault.Abandon.NEVER));
    return !ana.line().log().state().roles(play.company().vault()).containsKey(rui);
  }

  private static boolean upload(Stage.Play play, Actor actor) throws CofreException {
    Server server = server(play, actor);
    VaultId vault = play.company().vault();
    UploadId upload = new UploadId(RANDOM.bytes(UploadId.LENGTH));
    var blob = new BlobId(RANDOM.bytes(16));
    server.beginUpload(
        team(play), vault, new Uploads.Begin(upload, List.of(new Uploads.Blob(blob, 100))));
    server.putPart(team(play), vault, upload, 1, ByteBuffer.wrap(new byte[100]));
    server.upload(team(play), vault, upload);
    return true;
  }

  private static boolean giveUp(Stage.Play play, Actor actor) throws CofreException, IOException {
    actor.line().on(Route.COMPLETE_UPLOAD, Script.always(Answer.problem(Problem.STORAGE_FULL)));
    actor.put("/letters/new.txt", "a letter that is new");
    return true;
  }

  private static boolean getTogether(Stage.Play play, Actor actor)
      throws CofreException, IOException {
    Path target = Files.createDirectory(play.directory().resolve("got"));
    return isWhole(
        target, actor.inVault(vault -> vault.get(List.of("/letters"), target, Progress.NONE)));
  }

  private static boolean getOneByOne(Stage.Play play, Actor actor)
      throws CofreException, IOException {
    Path target = Files.createDirectory(play.directory().resolve("got"));
    Path letters = Files.createDirectory(target.resolve("letters"));
    List<Outcome> outcomes = new ArrayList<>();
    for (String letter : WHOLE.keySet()) {
      outcomes.addAll(actor.inVault(vault -> vault.get(List.of(letter), letters, Progress.NONE)));
    }
    return isWhole(target, outcomes);
  }

  /// Nothing is under the final name unless all of it is right, as it is now or was at some time since they last looked, and nothing else is
  /// left beside it.
  private static boolean isWhole(Path target, List<Outcome> outcomes)
      throws CofreException, IOException {
    Map<String, String> got = new TreeMap<>();
    try (var files = Files.walk(target)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        got.put("/" + target.relativize(file), Files.readString(file));
      }
    }
    if (SNAPSHOTS.stream().noneMatch(whole -> whole.entrySet().containsAll(got.entrySet()))) {
      return false;
    }
    for (Outcome outcome : outcomes) {
      if (outcome.failure().isPresent()) {
        throw outcome.failure().get();
      }
    }
    return SNAPSHOTS.contains(got);
  }
}
