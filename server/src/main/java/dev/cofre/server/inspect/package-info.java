/// Shows whoever runs a server what it holds.
@org.jspecify.annotations.NullMarked
package dev.cofre.server.inspect;
