/// The whole main job on this machine, shown step by step.
package dev.cofre.cli.demo;
