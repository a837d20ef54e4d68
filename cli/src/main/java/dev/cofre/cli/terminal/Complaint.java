package dev.cofre.cli.terminal;

import java.util.Optional;

/// Why a command did not do what was asked: a stable code for scripts, a sentence on what happened to what, and a sentence
/// on what to do next.
public record Complaint(Exit exit, String code, String message, Optional<String> hint) {}
