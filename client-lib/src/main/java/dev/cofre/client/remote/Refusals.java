package dev.cofre.client.remote;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Refused;
import dev.cofre.client.failure.Unreachable;
import dev.cofre.protocol.api.Problem;
import java.util.Optional;

/// From a status and a problem code to a failure, in our own words: no text of a server reaches a person.
final class Refusals {
  private Refusals() {}

  /// The failure of an answer that is no success.
  static CofreException of(Origin origin, int status, Optional<String> code) {
    Optional<Problem> problem = code.flatMap(Problem::of).filter(p -> p.status() == status);
    if (problem.isPresent()) {
      return of(problem.get());
    }
    if (status / 100 == 3) {
      return new Unreachable(
          origin + " sends elsewhere (HTTP " + status + "), which is not followed",
          "Give the address that the server really has.");
    }
    return new Unreachable(
        origin + " answered HTTP " + status + ", which a Cofre server does not",
        "Check the address, and what stands between here and the server.");
  }

  /// The server is there, and its members reach it by another address.
  static Unreachable anotherAddress(Origin origin) {
    return new Unreachable(
        "the server at " + origin + " goes by another address, to which logins are bound",
        "Ask whoever runs it for its public address, and give exactly that one.");
  }

  private static Refused of(Problem problem) {
    String message = message(problem);
    return hint(problem)
        .map(hint -> new Refused(problem.code(), problem.status(), message, hint))
        .orElseGet(() -> new Refused(problem.code(), problem.status(), message));
  }

  private static String message(Problem problem) {
    return switch (problem) {
      case MALFORMED -> "the server does not understand the request";
      case UPDATE_NEEDED -> "the server does not know this version of the request";
      case NO_SESSION -> "the server has no session for this device";
      case LOGIN_REFUSED -> "the server refused the login";
      case NOT_ALLOWED -> "your role does not allow this";
      case GRANT_ENDED -> "your access to this vault has ended";
      case REGISTRATION_CLOSED -> "this server does not register teams, or not with this token";
      case NOT_FOUND -> "the server has nothing there for you";
      case STALE_HEAD -> "somebody else changed it first";
      case STALE_TEAM -> "members, keys or roles changed meanwhile";
      case WRONG_RECIPIENTS -> "the vault's recipients are not those that were written for";
      case SUBJECT_WROTE -> "the member wrote something meanwhile";
      case UNKNOWN_BLOB -> "the content of a file is not on the server";
      case UPLOAD_INCOMPLETE -> "parts of the upload are missing on the server";
      case ID_TAKEN -> "the id stands for something else already";
      case SEND_EXPIRED -> "the send has expired";
      case SEND_ENDED -> "the send was ended by whoever made it, or by a colleague";
      case SEND_USED_UP -> "the send was opened as often as it may be";
      case PASSCODE_WRONG -> "this is not the passcode";
      case PASSCODE_PAUSED -> "too many passcodes were wrong: none is looked at for a while";
      case TOO_MANY_SENDS -> "your team has as many sends as it may have";
      case INVITE_UNUSABLE -> "the invitation was used, cancelled or has expired";
      case TOO_SLOW -> "the connection is too slow for the server";
      case LENGTH_REQUIRED -> "the server wants the length first";
      case TOO_LARGE -> "this is larger than the server takes";
      case UNSUPPORTED_MEDIA -> "the server does not take this kind of body";
      case RANGE -> "the content ends before the place asked for";
      case RULE_BROKEN -> "a rule of the team forbids this";
      case WRITES_HELD -> "your writes are held for a moment, because your removal is under way";
      case RATE_LIMITED -> "too many requests";
      case UNEXPECTED -> "the server met an error of its own";
      case UNAVAILABLE -> "the server's storage does not answer";
      case BUSY -> "the server has too much to do";
      case STORAGE_FULL -> "the server's storage is full";
      case TEAM_FULL -> "your team's share of the server's storage is used up";
    };
  }

  private static Optional<String> hint(Problem problem) {
    return switch (problem) {
      case UPDATE_NEEDED -> Optional.of("Ask whoever runs the server to update it.");
      case LOGIN_REFUSED ->
          Optional.of(
              "Ask an owner or admin of your team whether your access was ended; if it was not, check the clock of this machine.");
      case NOT_ALLOWED, GRANT_ENDED ->
          Optional.of("Ask a manager of the vault or an owner of the team.");
      case REGISTRATION_CLOSED ->
          Optional.of("Ask whoever runs the server for a registration token.");
      case INVITE_UNUSABLE -> Optional.of("Ask for a new invitation.");
      case SEND_EXPIRED, SEND_ENDED, SEND_USED_UP ->
          Optional.of("Ask whoever sent it for a new link.");
      case PASSCODE_WRONG ->
          Optional.of("Ask whoever sent it, and mind capital letters and spaces.");
      case PASSCODE_PAUSED -> Optional.of("Wait some minutes; each wrong one doubles the wait.");
      case TOO_MANY_SENDS -> Optional.of("Revoke those that nobody needs any more.");
      case RATE_LIMITED, TOO_SLOW, BUSY -> Optional.of("Try again later.");
      case UNAVAILABLE, UNEXPECTED ->
          Optional.of("Try again in a while; if it lasts, tell whoever runs the server.");
      case STORAGE_FULL -> Optional.of("Tell whoever runs the server.");
      case TEAM_FULL ->
          Optional.of(
              "Ask whoever runs the server for more, or a manager to purge versions nobody needs.");
      case MALFORMED,
          NO_SESSION,
          NOT_FOUND,
          STALE_HEAD,
          STALE_TEAM,
          WRONG_RECIPIENTS,
          SUBJECT_WROTE,
          UNKNOWN_BLOB,
          UPLOAD_INCOMPLETE,
          ID_TAKEN,
          LENGTH_REQUIRED,
          TOO_LARGE,
          UNSUPPORTED_MEDIA,
          RANGE,
          RULE_BROKEN,
          WRITES_HELD ->
          Optional.empty();
    };
  }
}
