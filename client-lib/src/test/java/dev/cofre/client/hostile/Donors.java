package dev.cofre.client.hostile;

import dev.cofre.client.keys.Identity;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.signed.SignedBytes;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a hostile server has at hand to put in the place of the truth: every honest answer it ever gave, about other objects, to other
/// people, in other vaults and teams and at other times; keys of its own; and people who sign for it.
final class Donors {
  private static final int MOST = 4;
  private static final int MOST_BODIES = 6;

  private final Map<Route, Set<Bytes>> bodies = new EnumMap<>(Route.class);
  private final List<Bytes> keys = new ArrayList<>();
  private final Map<String, Identity> signers = new LinkedHashMap<>();

  Donors(KeyRing ring) {
    keys.add(ring.nobody().deviceKeys().signingKey());
    keys.add(ring.nobody().deviceKeys().encryptionKey());
    signers.put("the server", ring.nobody());
  }

  /// Remembers all successful answers of a transcript.
  void remember(List<Exchange> transcript) {
    for (Exchange exchange : transcript) {
      if (exchange.route().isPresent() && exchange.honest().success()) {
        bodies
            .computeIfAbsent(exchange.route().get(), _ -> new LinkedHashSet<>())
            .add(exchange.honest().body());
      }
    }
  }

  /// Somebody whose keys the server has.
  void accomplice(String who, Identity identity) {
    signers.put(who, identity);
  }

  List<Bytes> keys() {
    return keys;
  }

  Map<String, Identity> signers() {
    return signers;
  }

  /// Earlier answers of a route, spread over all there are.
  List<Bytes> bodies(Route route) {
    return spread(List.copyOf(bodies.getOrDefault(route, Set.of())), MOST_BODIES);
  }

  /// Other values at the same place, spread over all there are.
  List<Node> values(Route route, Field field, Node than) {
    Map<Bytes, Node> found = new LinkedHashMap<>();
    for (Bytes body : bodies.getOrDefault(route, Set.of())) {
      if (body.length() > 0) {
        field
            .in(Node.read(body.toArray()))
            .map(Field.Spot::value)
            .ifPresent(value -> found.put(value.encode(), value));
      }
    }
    found.remove(than.encode());
    return spread(List.copyOf(found.values()), MOST);
  }

  private static <T> List<T> spread(List<T> all, int most) {
    if (all.size() <= most) {
      return all;
    }
    List<T> some = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      some.add(all.get(i * (all.size() - 1) / (most - 1)));
    }
    return some;
  }

  /// The same payload under the signature of another, for the same purpose.
  Node resigned(Node signed, Identity signer) {
    if (!(signed instanceof Node.Array array)
        || array.elements().size() != 2
        || !(array.elements().get(0) instanceof Node.String(Bytes payload))) {
      return signed;
    }
    Label label = Purpose.of(payload);
    SignedBytes again = signer.sign(label, payload.toArray());
    return new Node.Array(
        new ArrayList<>(
            List.of(new Node.String(again.payload()), new Node.String(again.signature()))));
  }
}
