/// Exact signed bytes, the one rule by which a signature counts, and the keys that are let into a log.
package dev.cofre.protocol.signed;
