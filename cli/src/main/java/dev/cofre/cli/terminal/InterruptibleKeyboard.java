package dev.cofre.cli.terminal;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/// A keyboard that one can stop waiting for. Reading from a terminal cannot be interrupted, so another thread reads, which does not
/// keep the process alive; whoever is interrupted goes on without an answer.
final class InterruptibleKeyboard implements Keyboard {
  private final Keyboard keyboard;

  InterruptibleKeyboard(Keyboard keyboard) {
    this.keyboard = keyboard;
  }

  @Override
  public Optional<String> line(String prompt) {
    return await(() -> keyboard.line(prompt));
  }

  @Override
  public Optional<char[]> secret(String prompt) {
    return await(() -> keyboard.secret(prompt));
  }

  private static <T> Optional<T> await(Supplier<Optional<T>> reading) {
    try {
      return CompletableFuture.supplyAsync(
              reading, read -> Thread.ofPlatform().daemon().start(read))
          .get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
