package dev.cofre.client.hostile;

import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.RelayId;
import dev.cofre.protocol.SendId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.UploadId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.api.Route;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a request is about: its route, and the ids in its path by their names in the template.
record Address(Route route, Map<String, String> ids) {
  static Optional<Address> of(Received request) {
    return List.of(Route.values()).stream()
        .filter(route -> route.method().name().equals(request.method()))
        .flatMap(route -> match(route, request.path()).stream())
        .findFirst();
  }

  private static Optional<Address> match(Route route, String path) {
    String[] names = route.template().split("/");
    String[] values = path.split("/");
    Map<String, String> ids = new HashMap<>();
    if (names.length != values.length) {
      return Optional.empty();
    }
    for (int i = 0; i < names.length; i++) {
      if (names[i].startsWith("{")) {
        ids.put(names[i].substring(1, names[i].length() - 1), values[i]);
      } else if (!names[i].equals(values[i])) {
        return Optional.empty();
      }
    }
    return Optional.of(new Address(route, ids));
  }

  private Bytes id(String name) {
    return Bytes.fromHex(Optional.ofNullable(ids.get(name)).orElseThrow());
  }

  TeamId team() {
    return new TeamId(id("team"));
  }

  VaultId vault() {
    return new VaultId(id("vault"));
  }

  UploadId upload() {
    return new UploadId(id("upload"));
  }

  BlobId blob() {
    return new BlobId(id("blob"));
  }

  SendId send() {
    return new SendId(id("send"));
  }

  RelayId relay() {
    return new RelayId(id("relay"));
  }

  int part() {
    return Integer.parseInt(Optional.ofNullable(ids.get("part")).orElseThrow());
  }
}
