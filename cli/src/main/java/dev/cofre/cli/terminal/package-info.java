/// The person in front of the command: streams, languages, prompts, progress, escaping and exit codes.
package dev.cofre.cli.terminal;
