package dev.cofre.protocol.fuzz;

import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.api.Sessions;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.DeviceStatement;
import dev.cofre.protocol.team.Entry;
import dev.cofre.protocol.team.JoinStatement;
import dev.cofre.protocol.vault.Change;
import dev.cofre.protocol.vault.Channel;
import dev.cofre.protocol.vault.Commit;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Every record that travels: the bodies of all routes, and all that is signed.
final class Wire {
  /// The types, in an order that new ones extend at its end.
  static final List<Class<?>> TYPES =
      Stream.concat(
              Stream.of(
                  SignedBytes.class,
                  Entry.class,
                  Body.class,
                  JoinStatement.class,
                  DeviceStatement.class,
                  Commit.class,
                  Change.class,
                  Channel.class,
                  Sessions.Login.class),
              Arrays.stream(Route.values())
                  .flatMap(route -> Stream.<Class<?>>of(route.request(), route.response()))
                  .filter(type -> type != Route.Nothing.class && type != Route.Raw.class))
          .<Class<?>>map(type -> type)
          .distinct()
          .toList();

  private static final List<Codec<Object>> CODECS = TYPES.stream().map(Wire::codec).toList();

  private Wire() {}

  /// The codec of a type, whatever the number.
  static Codec<Object> codec(int number) {
    return CODECS.get(number % CODECS.size());
  }

  @SuppressWarnings("unchecked")
  private static Codec<Object> codec(Class<?> type) {
    return (Codec<Object>) Codec.of(type);
  }
}
