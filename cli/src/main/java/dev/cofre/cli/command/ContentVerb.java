package dev.cofre.cli.command;

import dev.cofre.cli.terminal.Terminal;
import dev.cofre.client.remote.Limits;
import picocli.CommandLine.Mixin;

/// A verb that moves contents, whose speed can be limited.
abstract class ContentVerb extends Verb {
  @Mixin private Rates rates = new Rates();

  @Override
  final Limits limits(Terminal terminal) {
    return rates.limits(terminal);
  }
}
