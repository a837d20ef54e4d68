package dev.cofre.client.fuzz;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.StreamFailure;
import dev.cofre.client.remote.HttpRemote;
import dev.cofre.client.remote.LoginSigner;
import dev.cofre.client.remote.Network;
import dev.cofre.client.remote.Origin;
import dev.cofre.client.remote.Patience;
import dev.cofre.protocol.RelayId;
import dev.cofre.protocol.api.Sessions;
import dev.cofre.protocol.signed.SignedBytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/// What a server answers over HTTP, from the status line on. The first byte says to what. Every answer is taken or a typed failure, and
/// no answer makes the client wait for longer than it is willing to.
public final class HttpTarget {
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
  private static final RawServer SERVER = RawServer.start();
  private static final HttpRemote REMOTE = remote();

  private HttpTarget() {}

  private static HttpRemote remote() {
    Patience patience =
        new Patience(Duration.ofSeconds(5), Duration.ofSeconds(5), 2, Duration.ZERO, LONGEST_PAUSE);
    Network network = new Network(() -> Instant.EPOCH, Fixed.random(), HttpTarget::pause, patience);
    LoginSigner signer =
        new LoginSigner(
            Fixed.TEAM,
            new Sessions.Subject.OfDevice(Fixed.DEVICE),
            _ -> new SignedBytes(Fixed.bytes(1, 1), Fixed.bytes(64, 1)));
    return HttpRemote.loggingIn(new Origin(SERVER.origin()), signer, network);
  }

  private static void pause(Duration time) {
    if (time.isNegative() || time.compareTo(LONGEST_PAUSE) > 0) {
      throw new IllegalStateException("a pause of " + time);
    }
  }

  public static void fuzzerTestOneInput(byte[] input) {
    Input in = new Input(input);
    int call = in.number() % 6;
    SERVER.answer(in.rest());
    try {
      call(call);
    } catch (CofreException _) {
      // As it should be.
    }
  }

  private static void call(int call) throws CofreException {
    switch (call) {
      case 0 -> REMOTE.info();
      case 1 -> REMOTE.log(Fixed.TEAM, OptionalLong.of(3));
      case 2 -> REMOTE.readRelay(Fixed.TEAM, new RelayId(Fixed.bytes(16, 1)));
      case 3 -> REMOTE.endSession(Fixed.TEAM);
      case 4 -> read(REMOTE.blob(Fixed.TEAM, Fixed.VAULT, Fixed.BLOB, 0, OptionalLong.empty()));
      default -> read(REMOTE.blob(Fixed.TEAM, Fixed.VAULT, Fixed.BLOB, 10, OptionalLong.of(20)));
    }
  }

  private static void read(InputStream body) throws CofreException {
    try (body) {
      body.transferTo(java.io.OutputStream.nullOutputStream());
    } catch (StreamFailure carried) {
      throw carried.failure();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
