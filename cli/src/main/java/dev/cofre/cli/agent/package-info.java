/// Keeps a device unlocked between commands: a small process that holds one key, and how commands ask it.
package dev.cofre.cli.agent;
