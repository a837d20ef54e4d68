/// Layouts of bytes: padding and framing around what [dev.cofre.client.crypto] seals.
package dev.cofre.client.format;
