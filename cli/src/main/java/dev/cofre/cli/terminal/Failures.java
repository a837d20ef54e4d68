package dev.cofre.cli.terminal;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Conflict;
import dev.cofre.client.failure.Forked;
import dev.cofre.client.failure.LocalState;
import dev.cofre.client.failure.Malformed;
import dev.cofre.client.failure.NotForUs;
import dev.cofre.client.failure.NotFound;
import dev.cofre.client.failure.Refused;
import dev.cofre.client.failure.RolledBack;
import dev.cofre.client.failure.Stopped;
import dev.cofre.client.failure.Tampered;
import dev.cofre.client.failure.Unreachable;
import dev.cofre.client.failure.Unsupported;
import dev.cofre.protocol.api.Problem;
import java.util.Locale;
import java.util.Objects;

/// The one place where a failure of the client becomes an exit code and a sentence in the person's language.
public final class Failures {
  private Failures() {}

  /// What to tell the person about a failure.
  public static Complaint of(CofreException failure, Texts texts) {
    String detail = detail(failure);
    Complaint complaint =
        switch (failure) {
          case Malformed _ -> texts.complaint(Exit.INTEGRITY, "malformed", detail);
          case Tampered _ -> texts.complaint(Exit.INTEGRITY, "tampered", detail);
          case RolledBack _ -> texts.complaint(Exit.INTEGRITY, "rolled-back", detail);
          case Forked _ -> texts.complaint(Exit.INTEGRITY, "forked", detail);
          case NotForUs _ -> texts.complaint(Exit.REFUSED, "not-for-us", detail);
          case Unsupported _ -> texts.complaint(Exit.LOCAL_STATE, "unsupported", detail);
          case Refused refused -> refusal(refused, detail, texts);
          case Unreachable _ -> texts.complaint(Exit.UNREACHABLE, "unreachable", detail);
          case LocalState local -> texts.complaint(Exit.LOCAL_STATE, kebab(local.kind()), detail);
          case NotFound _ -> texts.complaint(Exit.NOT_FOUND, "not-found", detail);
          case Conflict _ -> texts.complaint(Exit.CONFLICT, "conflict", detail);
          case Stopped _ -> texts.complaint(Exit.STOPPED, "stopped", detail);
        };
    return withHintOf(failure, complaint, texts);
  }

  /// The exit code of a failure.
  public static Exit exit(CofreException failure) {
    return of(failure, Texts.in(Language.ENGLISH)).exit();
  }

  /// The exit code of a server's refusal.
  public static Exit exit(Problem problem) {
    return switch (problem) {
      case NO_SESSION,
          LOGIN_REFUSED,
          NOT_ALLOWED,
          GRANT_ENDED,
          REGISTRATION_CLOSED,
          INVITE_UNUSABLE,
          SEND_EXPIRED,
          SEND_ENDED,
          SEND_USED_UP,
          PASSCODE_WRONG,
          PASSCODE_PAUSED,
          TOO_MANY_SENDS,
          TEAM_FULL,
          RULE_BROKEN ->
          Exit.REFUSED;
      case NOT_FOUND -> Exit.NOT_FOUND;
      case STALE_HEAD,
          STALE_TEAM,
          WRONG_RECIPIENTS,
          SUBJECT_WROTE,
          UNKNOWN_BLOB,
          UPLOAD_INCOMPLETE,
          ID_TAKEN,
          WRITES_HELD ->
          Exit.CONFLICT;
      case RATE_LIMITED, TOO_SLOW, UNEXPECTED, UNAVAILABLE, BUSY, STORAGE_FULL -> Exit.UNREACHABLE;
      case UPDATE_NEEDED -> Exit.LOCAL_STATE;
      case MALFORMED, LENGTH_REQUIRED, TOO_LARGE, UNSUPPORTED_MEDIA, RANGE -> Exit.UNEXPECTED;
    };
  }

  private static Complaint refusal(Refused refused, String detail, Texts texts) {
    return Problem.of(refused.code())
        .map(problem ->
            switch (exit(problem)) {
              case NOT_FOUND -> texts.complaint(Exit.NOT_FOUND, "not-found", detail);
              case CONFLICT -> texts.complaint(Exit.CONFLICT, "conflict", detail);
              case LOCAL_STATE -> texts.complaint(Exit.LOCAL_STATE, "unsupported", detail);
              case UNREACHABLE -> texts.complaint(Exit.UNREACHABLE, "server-trouble", detail);
              case UNEXPECTED -> texts.complaint(Exit.UNEXPECTED, "server-puzzled", detail);
              case DONE, USAGE, PARTLY, REFUSED, STOPPED, INTEGRITY, INTERRUPTED ->
                  refusedBecause(problem, detail, texts);
            })
        .orElseGet(() -> texts.complaint(Exit.REFUSED, "refused", detail));
  }

  private static Complaint refusedBecause(Problem problem, String detail, Texts texts) {
    return texts.maybe("error." + problem.code()).isPresent()
        ? texts.complaint(Exit.REFUSED, problem.code(), detail)
        : texts.complaint(Exit.REFUSED, "refused", detail);
  }

  /// The client's own hint is about this very case, but in English: it replaces ours for those who read English.
  private static Complaint withHintOf(CofreException failure, Complaint complaint, Texts texts) {
    if (texts.language() != Language.ENGLISH || failure.hint().isEmpty()) {
      return complaint;
    }
    return new Complaint(
        complaint.exit(), complaint.code(), complaint.message(), failure.hint().map(Visible::of));
  }

  private static String detail(CofreException failure) {
    String message = Visible.of(Objects.requireNonNullElse(failure.getMessage(), ""));
    return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
  }

  private static String kebab(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
