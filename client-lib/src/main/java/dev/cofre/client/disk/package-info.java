/// Files of this device that are private, whole and durable.
package dev.cofre.client.disk;
