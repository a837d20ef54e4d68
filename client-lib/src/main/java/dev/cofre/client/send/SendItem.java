package dev.cofre.client.send;

/// A file in a send: the name it is sent under, and its bytes.
public record SendItem(String name, long size) {}
