/// Algorithms over bytes: the only client package that touches `javax.crypto` and Bouncy Castle.
///
/// Copies of keys that the libraries keep inside (key schedules, digest states) cannot be wiped from here; what this package
/// allocates itself is.
package dev.cofre.client.crypto;
