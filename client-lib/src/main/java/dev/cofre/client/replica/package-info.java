/// This device's memory: what it has verified, sealed on its disk. Nothing here is asked of the server again.
package dev.cofre.client.replica;
