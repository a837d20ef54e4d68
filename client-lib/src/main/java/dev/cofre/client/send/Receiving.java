package dev.cofre.client.send;

import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.disk.DiskErrors;
import dev.cofre.client.disk.PrivateFiles;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Malformed;
import dev.cofre.client.failure.Refused;
import dev.cofre.client.failure.StreamFailure;
import dev.cofre.client.failure.Tampered;
import dev.cofre.client.format.PaddedFrame;
import dev.cofre.client.format.SendManifest;
import dev.cofre.client.format.SendPreface;
import dev.cofre.client.keys.SendLink;
import dev.cofre.client.keys.SendSecret;
import dev.cofre.client.remote.Server;
import dev.cofre.client.report.Progress;
import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.api.Sends;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// A send, seen by whoever has its link. Nothing that the server says is believed that the link does not vouch for, but for expiry and limits,
/// which are the server's to keep.
public final class Receiving implements AutoCloseable {
  private static final String WHAT = "what is sent";
  private static final Set<String> LOST =
      Set.of(
          Problem.SEND_EXPIRED.code(),
          Problem.SEND_ENDED.code(),
          Problem.NOT_FOUND.code(),
          Problem.PASSCODE_WRONG.code());

  private final Server server;
  private final RandomSource random;
  private final SendLink link;
  private final Sends.State state;
  private final SendPreface preface;

  private Receiving(
      Server server, RandomSource random, SendLink link, Sends.State state, SendPreface preface) {
    this.server = server;
    this.random = random;
    this.link = link;
    this.state = state;
    this.preface = preface;
  }

  /// Asks what is behind a link. Uses nothing up. Takes the link over.
  ///
  /// @throws CofreException [Tampered] when what the server shows is not what the link was made for
  public static Receiving look(Server server, RandomSource random, SendLink link)
      throws CofreException {
    try (SendSecret secret = link.secret()) {
      Sends.State state = server.send(link.send(), secret.access());
      if (!link.opens(state.preface(), state.sealed())) {
        throw new Tampered(WHAT);
      }
      return new Receiving(server, random, link, state, secret.open(state.preface()));
    } catch (CofreException | RuntimeException e) {
      link.close();
      throw e;
    }
  }

  /// Who sends, and how much.
  public SendPreface preface() {
    return preface;
  }

  /// Until when it can be opened, how often, and what that needs, as far as the server says.
  public Sends.State state() {
    return state;
  }

  /// Opens the send, which uses up one opening, and brings what it hands out into a directory. What was interrupted goes on in the same
  /// directory, and uses up no other.
  ///
  /// @throws CofreException [Refused] when the server does not open it; [Tampered] when what it gives is not what was sent
  public Reception receive(Optional<char[]> passcode, Path directory, Progress progress)
      throws CofreException {
    makeDirectory(directory);
    Path mark = directory.toAbsolutePath().normalize().resolve(nameOfMark());
    try (SendSecret secret = link.secret();
        SendSecret.Opener opener = secret.opener(passcode)) {
      Bytes token = token(mark);
      Optional<Bytes> proof = passcode.map(_ -> opener.proof());
      Sends.Opened opened =
          server.open(link.send(), secret.access(), new Sends.Open(token, proof, Optional.empty()));
      try (SendManifest manifest = manifest(opener, token, opened)) {
        Reception reception =
            new Bringing(
                    (blob, offset, length) -> server.blob(link.send(), token, blob, offset, length),
                    manifest,
                    progress)
                .into(directory);
        if (reception.isWhole()) {
          PrivateFiles.delete(mark);
        }
        return reception;
      }
    } catch (Refused refused) {
      if (LOST.contains(refused.code())) {
        PrivateFiles.delete(mark);
      }
      throw refused;
    }
  }

  private static void makeDirectory(Path directory) throws CofreException {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw DiskErrors.failed("cannot make " + directory, directory, e);
    }
  }

  /// Says nothing to who sees the directory.
  private String nameOfMark() {
    byte[] id = link.send().value().toArray();
    return dev.cofre.client.transfer.LocalNames.OWN
        + Hash.sha256(id).hex().substring(0, 32)
        + ".opening";
  }

  /// The token of an opening that was begun in this directory, or of a new one, which is on the disk before the server hears of it.
  private Bytes token(Path mark) throws CofreException {
    Optional<byte[]> begun = PrivateFiles.read(mark, Sends.TOKEN_LENGTH);
    if (begun.filter(token -> token.length == Sends.TOKEN_LENGTH).isPresent()) {
      return Bytes.of(begun.get());
    }
    Bytes token = random.bytes(Sends.TOKEN_LENGTH);
    PrivateFiles.replace(mark, token.toArray());
    return token;
  }

  private SendManifest manifest(SendSecret.Opener opener, Bytes token, Sends.Opened opened)
      throws CofreException {
    long longest = PaddedFrame.sealedLength(SendManifest.MAX_LENGTH);
    if (opened.length() > longest) {
      throw new Tampered(WHAT);
    }
    byte[] sealed = fetch(token, opened.manifest(), (int) longest + 1);
    if (!Hash.sha256(sealed).equals(state.sealed())) {
      throw new Tampered(WHAT);
    }
    byte[] encoded = open(opener, sealed);
    try {
      return SendManifest.read(encoded);
    } finally {
      Arrays.fill(encoded, (byte) 0);
    }
  }

  private byte[] fetch(Bytes token, BlobId blob, int most) throws CofreException {
    try (InputStream in = server.blob(link.send(), token, blob, 0, OptionalLong.empty())) {
      return in.readNBytes(most);
    } catch (StreamFailure carried) {
      throw carried.failure();
    } catch (IOException e) {
      throw new Malformed("the server's answer cannot be read", e);
    }
  }

  private static byte[] open(SendSecret.Opener opener, byte[] sealed) throws CofreException {
    try (SecretBytes key = opener.manifestKey();
        InputStream in =
            PaddedFrame.unframing(
                dev.cofre.client.crypto.Cobblestone.opening(
                    key, opener.manifestContext(), new ByteArrayInputStream(sealed)))) {
      return in.readAllBytes();
    } catch (StreamFailure carried) {
      throw carried.failure();
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory cannot be read", e);
    }
  }

  @Override
  public void close() {
    link.close();
  }

  @Override
  public String toString() {
    return "Receiving[" + link.send() + "]";
  }
}
