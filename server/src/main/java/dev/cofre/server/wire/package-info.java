/// What stands between the sockets and the HTTP library: how many may be connected, and what counts as a request.
@NullMarked
package dev.cofre.server.wire;

import org.jspecify.annotations.NullMarked;
