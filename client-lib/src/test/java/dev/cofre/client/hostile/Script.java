package dev.cofre.client.hostile;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.api.Route;
import dev.cofre.protocol.api.Teams;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.cbor.MalformedException;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// What a hostile server makes of an answer that an honest one would give.
interface Script {
  Answer answer(Received request, Answer honest);

  /// Another body in place of each successful one.
  static Script bytes(UnaryOperator<Bytes> change) {
    return (_, honest) -> honest.success() ? honest.body(change.apply(honest.body())) : honest;
  }

  /// Another record in place of each successful one.
  static <T> Script record(Class<T> type, UnaryOperator<T> change) {
    Codec<T> codec = Codec.of(type);
    return bytes(body -> {
      try {
        return Bytes.of(codec.encode(change.apply(codec.decode(body.toArray()))));
      } catch (MalformedException e) {
        throw new AssertionError(e);
      }
    });
  }

  /// The same whatever is asked.
  static Script always(Answer answer) {
    return (_, _) -> answer;
  }

  /// The log of a world, whatever else is shown.
  static Script log(World of) {
    return (request, _) ->
        Answer.cbor(
            Teams.LogPage.CODEC.encode(
                of.page(request.query("after").stream().mapToLong(Long::parseLong).findFirst())));
  }

  /// As another script has it for the first `times` answers, and honest ever after.
  static Script first(int times, Script script) {
    int[] left = {times};
    return (request, honest) -> left[0]-- > 0 ? script.answer(request, honest) : honest;
  }

  /// A script for some routes.
  record Rule(Predicate<Route> where, Script script) {}
}
