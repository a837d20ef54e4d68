package dev.cofre.protocol.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Every way a server refuses: an HTTP status and a code. On the wire an RFC 9457 problem of type
/// `urn:cofre:problem:CODE`; the code also stands in the header [#HEADER].
public enum Problem {
  /// The request is not what the protocol says.
  MALFORMED(400),
  /// The request speaks of a version or kind this server does not know.
  UPDATE_NEEDED(400),
  /// There is no such session, or it has ended.
  NO_SESSION(401),
  /// The login's signature, origin, nonce or time is wrong, or there is no such device or invitation.
  LOGIN_REFUSED(401),
  /// The caller's role does not allow it.
  NOT_ALLOWED(403),
  /// The caller's access to the vault ended on its date.
  GRANT_ENDED(403),
  /// This server registers no teams, or not with this token.
  REGISTRATION_CLOSED(403),
  /// Nothing the caller may know of is there.
  NOT_FOUND(404),
  /// The chain has another head: catch up, check, sign again.
  STALE_HEAD(409),
  /// Members, keys or roles of the vault changed after the commit's team head.
  STALE_TEAM(409),
  /// Bundles do not cover exactly the vault's recipients.
  WRONG_RECIPIENTS(409),
  /// A commit by the subject lies beyond the head that the entry names.
  SUBJECT_WROTE(409),
  /// The commit refers to a blob that is not in the vault and complete.
  UNKNOWN_BLOB(409),
  /// Parts are missing.
  UPLOAD_INCOMPLETE(409),
  /// The id stands for something else already.
  ID_TAKEN(409),
  /// The invitation was used, cancelled or has expired.
  INVITE_UNUSABLE(410),
  /// The send's time is over.
  SEND_EXPIRED(410),
  /// The send was ended.
  SEND_ENDED(410),
  /// The send was opened as often as it may be.
  SEND_USED_UP(410),
  /// The send needs a passcode, and this is not it.
  PASSCODE_WRONG(403),
  /// Too many passcodes were wrong: none is looked at for a while.
  PASSCODE_PAUSED(423),
  /// The team has as many sends as it may have.
  TOO_MANY_SENDS(409),
  /// The body came so slowly that it only held memory.
  TOO_SLOW(408),
  /// A length is needed before the bytes.
  LENGTH_REQUIRED(411),
  /// The body is longer than this route takes.
  TOO_LARGE(413),
  /// The body has a content type or encoding that this route does not take.
  UNSUPPORTED_MEDIA(415),
  /// The range lies outside the blob.
  RANGE(416),
  /// A rule of the team log or of the vault's history forbids it.
  RULE_BROKEN(422),
  /// The member's writes are held for a moment, because their removal is under way.
  WRITES_HELD(423),
  /// Too many requests.
  RATE_LIMITED(429),
  /// A bug of the server.
  UNEXPECTED(500),
  /// The database or the storage does not answer.
  UNAVAILABLE(503),
  /// The server has as much in hand as it can hold, or somebody else keeps what is to be changed: again in a moment.
  BUSY(503),
  /// The storage is full.
  STORAGE_FULL(507),
  /// The team's share of the storage is used up.
  TEAM_FULL(507);

  /// The response header that repeats the code.
  public static final String HEADER = "Cofre-Problem";

  private final int status;

  Problem(int status) {
    this.status = status;
  }

  /// The HTTP status.
  public int status() {
    return status;
  }

  /// Whether the same request may go through later, without anything that whoever asks could change.
  public boolean passes() {
    return switch (this) {
      case TOO_SLOW,
          WRITES_HELD,
          PASSCODE_PAUSED,
          RATE_LIMITED,
          UNEXPECTED,
          UNAVAILABLE,
          BUSY,
          STORAGE_FULL,
          TEAM_FULL ->
          true;
      default -> false;
    };
  }

  /// Lower case with hyphens, as in `stale-head`.
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The problem of a code.
  public static Optional<Problem> of(String code) {
    return Arrays.stream(values()).filter(p -> p.code().equals(code)).findFirst();
  }
}
