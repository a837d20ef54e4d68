/// Stores what it cannot read.
@org.jspecify.annotations.NullMarked
package dev.cofre.server;
