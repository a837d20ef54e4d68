/// Opaque bytes behind a port: immutable objects of 1 byte to 1 TiB, uploaded whole or as parts, read by range.
/// Nothing here knows what an object holds or who may see it.
@NullMarked
package dev.cofre.server.blob;

import org.jspecify.annotations.NullMarked;
