package dev.cofre.client.hostile;

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
import dev.cofre.client.failure.StreamFailure;
import dev.cofre.client.failure.Tampered;
import dev.cofre.client.failure.Unreachable;
import dev.cofre.client.failure.Unsupported;
import java.time.Duration;
import java.util.concurrent.Callable;

/// How an operation before a hostile server came out. Exactly the first three are allowed.
enum Verdict {
  /// What an honest member wrote, at that path, in that version.
  RIGHT,
  /// A typed failure: what the server shows is not what was written.
  INTEGRITY,
  /// A typed failure: the server does not give it.
  UNAVAILABLE,
  /// Something else was returned, and passed for right.
  WRONG,
  /// A failure that no client declares.
  UNTYPED,
  /// The state of this device is said to be at fault.
  LOCAL,
  /// It took too long.
  LATE;

  private static final Duration LONGEST = Duration.ofSeconds(60);

  boolean allowed() {
    return switch (this) {
      case RIGHT, INTEGRITY, UNAVAILABLE -> true;
      case WRONG, UNTYPED, LOCAL, LATE -> false;
    };
  }

  /// Judges an operation that says itself whether what it returned is right.
  static Verdict of(Callable<Boolean> operation) {
    long start = System.nanoTime();
    Verdict verdict = outcome(operation);
    return System.nanoTime() - start > LONGEST.toNanos() ? LATE : verdict;
  }

  private static Verdict outcome(Callable<Boolean> operation) {
    try {
      return operation.call() ? RIGHT : WRONG;
    } catch (StreamFailure carried) {
      return of(carried.failure());
    } catch (CofreException failure) {
      return of(failure);
    } catch (Exception | StackOverflowError | OutOfMemoryError e) {
      return UNTYPED;
    }
  }

  /// What kind of failure it is.
  static Verdict of(CofreException failure) {
    return switch (failure) {
      case Malformed _, Tampered _, RolledBack _, Forked _, NotForUs _, Unsupported _ -> INTEGRITY;
      case Refused _, Unreachable _, NotFound _, Conflict _, Stopped _ -> UNAVAILABLE;
      case LocalState _ -> LOCAL;
    };
  }
}
