package dev.cofre.client.hostile;

import dev.cofre.client.Dialer;
import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.remote.HttpRemote;
import dev.cofre.client.remote.Network;
import dev.cofre.client.remote.Patience;
import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.api.Sessions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// A server that speaks every [Route] over HTTP, keeps the rules and forgets nothing: what an honest one would answer to each client is
/// worked out first, over the client's [Line], and then a [Script] may make something else of it. What came and what was answered
/// stays in a transcript for the oracles.
final class EvilServer implements Doorway.Host {
  private static final Patience PATIENCE =
      new Patience(
          Duration.ofSeconds(5), Duration.ofSeconds(20), 2, Duration.ZERO, Duration.ofMillis(1));

  private final World truth;
  private final KeyRing ring;
  private final Logins logins = new Logins(Doorway.FIRST.origin());
  private final Stockroom stockroom = new Stockroom(Doorway.FIRST.origin());
  private final Map<Sessions.Subject, Line> lines = new HashMap<>();
  private final List<Script.Rule> rules = new ArrayList<>();
  private Predicate<Route> cut = _ -> false;
  private final List<Exchange> transcript = new ArrayList<>();
  private final List<Received> strays = new ArrayList<>();
  private final List<Throwable> bugs = new ArrayList<>();

  /// A server with this truth, at its address from now on. Nobody has any business at the second address.
  EvilServer(World truth, KeyRing ring) {
    this.truth = truth;
    this.ring = ring;
    Doorway.FIRST.open(this);
    Doorway.SECOND.open(this::astray);
  }

  /// What it would say if it were honest.
  World truth() {
    return truth;
  }

  /// Keys of its own.
  KeyRing ring() {
    return ring;
  }

  /// The way of one client to this server, which from now on speaks to whoever dials over this line.
  Dialer dialer(Line line) {
    Network network = new Network(InstantSource.system(), RandomSource.system(), _ -> {}, PATIENCE);
    return (origin, signer) -> {
      signer.ifPresent(s -> assign(s.subject(), line));
      return signer.isPresent()
          ? HttpRemote.loggingIn(origin, signer.get(), network)
          : HttpRemote.anonymous(origin, network);
    };
  }

  private synchronized void assign(Sessions.Subject subject, Line line) {
    lines.put(subject, line);
  }

  /// Lies to everybody about one route from now on. Of several scripts each makes something of what the one before made.
  void on(Route route, Script script) {
    on(new Script.Rule(route::equals, script));
  }

  /// Lies to everybody from now on.
  synchronized void on(Script.Rule rule) {
    rules.add(rule);
  }

  /// Ends the connection in place of doing what is asked, whenever this says so. It is asked once about each request, in order.
  synchronized void cut(Predicate<Route> which) {
    cut = which;
  }

  /// The storage beside it.
  Stockroom stockroom() {
    return stockroom;
  }

  /// Is honest to everybody again.
  synchronized void honest() {
    stockroom.lie(UnaryOperator.identity());
    rules.clear();
    cut = _ -> false;
    lines.values().forEach(Line::honest);
  }

  /// Ends all sessions.
  synchronized void endSessions() {
    logins.endAll();
  }

  /// All there was, in order.
  synchronized List<Exchange> transcript() {
    return List.copyOf(transcript);
  }

  /// What there was of one route.
  List<Exchange> transcript(Route route) {
    return transcript().stream().filter(exchange -> exchange.isOf(route)).toList();
  }

  /// What arrived where nobody has any business to be.
  synchronized List<Received> strays() {
    return List.copyOf(strays);
  }

  private synchronized Answer astray(Received request) {
    strays.add(request);
    return Answer.cbor(new byte[] {(byte) 0x80});
  }

  @Override
  public Answer answer(Received request) {
    try {
      Optional<Address> address = Address.of(request);
      address.ifPresent(to -> line(to, request).interrupt(to.route()));
      return answer(address, request);
    } catch (RuntimeException | AssertionError e) {
      bug(e);
      return Answer.hangUp();
    }
  }

  private synchronized void bug(Throwable bug) {
    bugs.add(bug);
  }

  /// What went wrong in the tests themselves.
  synchronized List<Throwable> bugs() {
    return List.copyOf(bugs);
  }

  /// The line of whoever is logged in, or is about to log in.
  private synchronized Line line(Address to, Received request) {
    return request
        .token()
        .flatMap(logins::who)
        .or(() -> logins.asking(to, request))
        .map(lines::get)
        .orElseGet(() -> new Line(truth));
  }

  private synchronized Answer answer(Optional<Address> address, Received request) {
    Optional<Sessions.Subject> who = request.token().flatMap(logins::who);
    Answer honest = Answer.empty(404);
    Answer given = honest;
    if (address.map(Address::route).filter(cut).isPresent()) {
      honest = Answer.hangUp();
      given = honest;
    } else if (address.isEmpty()) {
      honest = stockroom.answer(request).orElse(honest);
      given = honest;
    } else {
      Line line = line(address.get(), request);
      honest = new Hosting(line, who, logins, stockroom).answer(address.get(), request);
      given = honest;
      for (Script.Rule rule : rules(line)) {
        if (rule.where().test(address.get().route())) {
          given = rule.script().answer(request, given);
        }
      }
    }
    transcript.add(new Exchange(who, address.map(Address::route), request, honest, given));
    return given;
  }

  private List<Script.Rule> rules(Line line) {
    List<Script.Rule> all = new ArrayList<>(line.rules());
    all.addAll(rules);
    return all;
  }
}
