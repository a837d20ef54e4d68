package dev.cofre.client.remote;

import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.api.Sessions;
import dev.cofre.protocol.signed.SignedBytes;
import java.util.function.Function;

/// Who logs in to which team, and how a [Sessions.Login] becomes signed bytes under [dev.cofre.protocol.Label#LOGIN]. What is
/// signed is put together here from what the client knows; of the server's making is only the 32-byte nonce.
public record LoginSigner(
    TeamId team, Sessions.Subject subject, Function<Sessions.Login, SignedBytes> signature) {}
