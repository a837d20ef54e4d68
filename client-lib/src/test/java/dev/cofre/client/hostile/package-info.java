/// Clients against a server that keeps what it is given by the rules of the protocol, and then tells each of them what it likes.
package dev.cofre.client.hostile;
